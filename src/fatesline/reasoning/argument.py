"""A minimal core put in order: steps that each follow from decisions and earlier steps, the last one concluding.

Unit propagation over the few rules of the core gives nearly all steps. Where it stalls, something is supposed and
refuted; where no single supposition can be refuted, the alternatives of one rule are argued one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fatesline.model.configuration import Configuration
from fatesline.reasoning.cores import Core, CoreFinder
from fatesline.reasoning.encoding import Encoding
from fatesline.reasoning.results import Argument, Step


@dataclass(frozen=True, slots=True)
class _Link:
    """A step over literals: premises and rule (-1: none) give the literal (0: a contradiction)."""

    literal: int
    premises: tuple[int, ...]
    rule: int
    cases: tuple[tuple[_Link, ...], ...] = ()


def argued(encoding: Encoding, finder: CoreFinder, configuration: Configuration, core: Core, goal: int = 0) -> Argument:
    """The argument of a minimal core: its decisions and rules, and the steps to the goal (0: to a contradiction)."""
    clauses = [(clause, rule) for rule in core.rules for clause in finder.clauses_of(rule)]
    links = _Proof(clauses, encoding.features).links(core.given, goal)
    return Argument(
        decisions=tuple(configuration[encoding.claim(literal).feature] for literal in core.given),
        rules=tuple(encoding.rule(rule) for rule in core.rules),
        steps=tuple(_step(encoding, link) for link in links),
    )


def _step(encoding: Encoding, link: _Link) -> Step:
    return Step(
        conclusion=encoding.claim(link.literal) if link.literal else None,
        premises=tuple(encoding.claim(literal) for literal in link.premises),
        rule=encoding.rule(link.rule) if link.rule >= 0 else None,
        cases=tuple(tuple(_step(encoding, inner) for inner in case) for case in link.cases),
    )


_Known = dict[int, _Link]


class _Proof:
    """Steps over the clauses of a core; variables past ``features`` are auxiliary, and each belongs to one rule."""

    def __init__(self, clauses: Sequence[tuple[tuple[int, ...], int]], features: int) -> None:
        self._clauses = clauses
        self._features = features
        self._mentioned = sorted(
            {abs(literal) for clause, _ in clauses for literal in clause if abs(literal) <= features}
        )

    def links(self, given: Sequence[int], goal: int) -> list[_Link]:
        known: _Known = {literal: _Link(literal, (), -1) for literal in given}
        if not goal:
            plainest = self._plainest_contradiction(known)
            if plainest is not None:
                return plainest
        end = self._end(known, goal)
        return self._needed(known, end, set(given))

    def _plainest_contradiction(self, given: _Known) -> list[_Link] | None:
        """The steps that end at the rule after which fewest claims are negative; None if no rule can come last.

        "It requires A; A and B do not go together" is easier to follow than "B is there, so A is not; but it
        requires A". Of equally plain ones the rule that comes last in the model ends: people know a constraint better
        than a group.
        """
        best: list[_Link] | None = None
        rank = (0, 0)
        for last in sorted({rule for _, rule in self._clauses}, reverse=True):
            known = dict(given)
            others = [(clause, rule) for clause, rule in self._clauses if rule != last]
            if _Proof(others, self._features)._propagate(known, 0) is not None:
                continue
            end = self._propagate(known, 0)
            if end is None or end.rule != last:
                continue
            links = self._needed(known, end, set(given))
            plainness = sum(link.literal < 0 for link in links), len(links)
            if best is None or plainness < rank:
                best, rank = links, plainness
        return best

    def _end(self, known: _Known, goal: int) -> _Link:
        """The concluding step; what leads there is added to ``known``."""
        while True:
            end = self._propagate(known, goal)
            if end is None and goal and -goal not in known:
                refuted = self._refuted(known, -goal)
                if refuted is not None:
                    known[goal] = end = refuted
            if end is None:
                refuted = self._shortest_refutation(known)
                if refuted is None:
                    return self._by_cases(known, goal)
                known[refuted.literal] = refuted
                continue
            return end

    def _propagate(self, known: _Known, goal: int) -> _Link | None:
        """Add what follows by unit propagation, nearest first; give the concluding step if there is one."""
        if goal and goal in known:
            return known[goal]
        while True:
            found: dict[int, _Link] = {}
            for clause, rule in self._clauses:
                unknown = 0
                for literal in clause:
                    if literal in known:
                        break
                    if -literal not in known:
                        if unknown:
                            break
                        unknown = literal
                else:
                    if not unknown:
                        return _Link(0, tuple(-literal for literal in clause), rule)
                    if unknown not in found:
                        premises = tuple(-literal for literal in clause if literal != unknown)
                        found[unknown] = _Link(unknown, premises, rule)
            if not found:
                return None
            for literal, link in found.items():
                if -literal in known:
                    # Forced both ways in one round.
                    return _Link(0, (*link.premises, -literal), link.rule)
                known[literal] = link
            if goal and goal in known:
                return known[goal]

    def _refuted(self, known: _Known, literal: int) -> _Link | None:
        """``not literal``, because supposing it ends in a contradiction at once; None if it does not."""
        supposition = _Link(literal, (), -1)
        supposed = {**known, literal: supposition}
        end = self._propagate(supposed, 0)
        if end is None:
            return None
        inner = self._needed(supposed, end, {*known, literal})
        return _Link(-literal, _outside([inner], (literal,)), -1, ((supposition, *inner),))

    def _shortest_refutation(self, known: _Known) -> _Link | None:
        best = None
        for variable in self._mentioned:
            if variable in known or -variable in known:
                continue
            for literal in (variable, -variable):
                refuted = self._refuted(known, literal)
                if refuted is not None and (best is None or len(refuted.cases[0]) < len(best.cases[0])):
                    best = refuted
        return best

    def _by_cases(self, known: _Known, goal: int) -> _Link:
        alternatives, premises, rule = self._fewest_alternatives(known)
        cases = []
        for literal in alternatives:
            supposition = _Link(literal, (), -1)
            supposed = {**known, literal: supposition}
            inner = self._needed(supposed, self._end(supposed, goal), {*known, literal})
            cases.append((supposition, *inner))
        used = _outside([case[1:] for case in cases], alternatives)
        return _Link(goal, tuple(dict.fromkeys((*premises, *used))), rule, tuple(cases))

    def _fewest_alternatives(self, known: _Known) -> tuple[tuple[int, ...], tuple[int, ...], int]:
        """The open literals of the shortest open clause over features; without one, a feature either way."""
        best: tuple[tuple[int, ...], tuple[int, ...], int] | None = None
        for clause, rule in self._clauses:
            if any(literal in known or abs(literal) > self._features for literal in clause):
                continue
            alternatives = tuple(literal for literal in clause if -literal not in known)
            if best is None or len(alternatives) < len(best[0]):
                best = alternatives, tuple(-literal for literal in clause if -literal in known), rule
        if best is None:
            variable = next(name for name in self._mentioned if name not in known and -name not in known)
            best = (variable, -variable), (), -1
        return best

    def _needed(self, known: Mapping[int, _Link], end: _Link, settled: set[int]) -> list[_Link]:
        """The steps that the end rests on, each after its premises; what is settled outside needs no step."""
        steps: list[_Link] = []
        made = {literal for literal in settled if abs(literal) <= self._features}
        if end.literal in made:
            return steps
        waiting = [end]
        expanded: dict[int, _Link] = {}
        while waiting:
            link = waiting[-1]
            if link.literal in made:
                waiting.pop()
                continue
            if link.literal not in expanded:
                link = expanded[link.literal] = self._over_features(known, link)
                waiting += [known[premise] for premise in reversed(link.premises) if premise not in made]
            else:
                waiting.pop()
                made.add(link.literal)
                steps.append(expanded[link.literal])
        return steps

    def _over_features(self, known: Mapping[int, _Link], link: _Link) -> _Link:
        """The same step with the features that its auxiliary premises come from, all by the same rule."""
        premises: dict[int, None] = {}
        waiting = list(reversed(link.premises))
        while waiting:
            literal = waiting.pop()
            if abs(literal) <= self._features:
                premises[literal] = None
            else:
                waiting += reversed(known[literal].premises)
        return _Link(link.literal, tuple(premises), link.rule, link.cases)


def _outside(cases: Iterable[Sequence[_Link]], supposed: Iterable[int]) -> tuple[int, ...]:
    """Premises that the cases take from outside."""
    used: dict[int, None] = {}
    for case in cases:
        made = {*supposed, *(link.literal for link in case)}
        used.update((premise, None) for link in case for premise in link.premises if premise not in made)
    return tuple(used)
