"""Configurations that together show every combination of a few choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fatesline.model.configuration import Configuration
from fatesline.model.features import FeatureModel
from fatesline.reasoning.encoding import bits
from fatesline.reasoning.solutions import Forced, Solutions
from fatesline.reasoning.space import Space

_NOTHING_DECIDED = Configuration()


def covering(
    model: FeatureModel, ids: Sequence[str], strength: int = 2, given: Configuration = _NOTHING_DECIDED
) -> tuple[frozenset[str], ...]:
    """Total configurations in which every possible combination of choices among the given features occurs.

    Parameters
    ----------
    model : FeatureModel
    ids : sequence of str
        The features whose choices are combined; each may be chosen or not.
    strength : int
        How many choices are combined, 1 to 3.
    given : Configuration
        Decisions that every configuration keeps.

    Returns
    -------
    tuple of frozenset of str
        The chosen features of each. Empty if ``given`` is inconsistent. Always the same for the same question.

    Raises
    ------
    UserError
        For an unknown feature.
    ValueError
        For another strength.
    """
    if strength not in (1, 2, 3):
        raise ValueError(f"strength must be 1, 2 or 3, not {strength}")
    space = Space(model, keep=[*ids, *given.decisions])
    decided, _ = space.reduction.literals(space.literals(given))
    among, _ = space.reduction.literals(space.literals(Configuration.choosing(*ids)))
    if not among:
        return ()
    found = _Cover(space.solutions, space.reduction.variables, decided, among, strength).sample()
    return tuple(space.reduction.names(space.reduction.total(solution)) for solution in found)


class _Cover:
    """Greedy covering of combinations of literals.

    Sets of literals are integers: bit ``v`` is variable ``v``, bit ``half + v`` its negation. A literal is taken with
    all that it forces, so that two literals go together exactly if neither excludes what the other one forces.
    """

    def __init__(
        self, solutions: Solutions, variables: int, decided: list[int], among: list[int], strength: int
    ) -> None:
        self._solutions = solutions
        self._decided = decided
        self._half = variables + 1
        self._low = (1 << self._half) - 1
        always = solutions.forced(decided)
        self._is_possible = always is not None
        fixed = self._joined(always) if always else 0
        # What each literal forces, and one literal for all that force the same.
        self._forces: dict[int, int] = {}
        first_with: dict[int, int] = {}
        for variable in among:
            for literal in (variable, -variable):
                forced = solutions.forced([*decided, literal])
                if forced is not None:
                    forces = self._joined(forced) & ~fixed
                    if forces and first_with.setdefault(forces, literal) == literal:
                        self._forces[self._place(literal)] = forces
        self._among = sum(1 << place for place in self._forces)
        beside = {
            place: self._among & ~sum(1 << other for other in self._excluded(forces))
            for place, forces in self._forces.items()
        }
        self._open: dict[int, dict[int, int]] = {}
        for place, others in beside.items():
            match strength:
                case 1:
                    self._open[place] = {place: 1 << place}
                case 2:
                    self._open[place] = {place: others}
                case _:
                    self._open[place] = {}
                    for other in bits(others):
                        both = self._forces[place] | self._forces[other]
                        self._open[place][other] = self._beside_both(place, other, others & beside[other], both)

    def _place(self, literal: int) -> int:
        return literal if literal > 0 else self._half - literal

    def _literal(self, place: int) -> int:
        return place if place < self._half else self._half - place

    def _joined(self, forced: Forced) -> int:
        return forced.true | forced.false << self._half

    def _opposite(self, literals: int) -> int:
        return literals >> self._half | (literals & self._low) << self._half

    def _excluded(self, forces: int) -> Iterator[int]:
        return bits(self._opposite(forces) & self._among)

    def _beside_both(self, place: int, other: int, candidates: int, both: int) -> int:
        """Literals that can stand beside two others; pairwise is not enough for that."""
        if place == other:
            return candidates
        forced = self._solutions.forced([*self._decided, self._literal(place), self._literal(other)])
        return candidates & ~self._opposite(self._joined(forced)) if forced is not None else 0

    def sample(self) -> list[int]:
        """Solutions that cover every possible combination."""
        found: list[int] = []
        if self._is_possible and not self._forces:
            solution = self._solutions.solution(self._decided)
            assert solution is not None
            return [solution]
        while self._open:
            solution = self._solution()
            found.append(solution)
            self._strike(self._joined(Forced(solution, ~solution & self._low)))
        return found

    def _solution(self) -> int:
        """A solution that shows many open combinations at once."""
        chosen = self._seed()
        held = 0
        for place in chosen:
            held |= self._forces[place]
        while True:
            barred = self._opposite(held)
            ranked = [
                (-gain, place)
                for place, others in self._open.items()
                if not held >> place & 1
                and not self._forces[place] & barred
                and (gain := sum([(mask & held).bit_count() for mask in others.values()]))
            ]
            if not ranked:
                # Nothing more to show beside what is held: start on a combination that has nothing to do with it.
                apart = self._apart(held, barred)
                if apart is None:
                    break
                ranked = [(0, apart)]
            ranked.sort()
            for _, place in ranked[: 1 + len(chosen) // 4]:
                if not self._forces[place] & self._opposite(held):
                    chosen.append(place)
                    held |= self._forces[place]
        return self._completed(chosen)

    def _apart(self, held: int, barred: int) -> int | None:
        """The first literal that can join and has something left to show among what is neither held nor barred."""
        open_yet = ~(held | barred)
        for place, others in self._open.items():
            if (
                open_yet >> place & 1
                and not self._forces[place] & barred
                and any(mask & open_yet for other, mask in others.items() if open_yet >> other & 1)
            ):
                return place
        return None

    def _seed(self) -> list[int]:
        """The open combination whose literals have most left to show."""
        weight = {place: sum(mask.bit_count() for mask in others.values()) for place, others in self._open.items()}
        first = max(weight, key=lambda place: (weight[place], -place))
        others = self._open[first]
        second = max(others, key=lambda place: (others[place].bit_count(), weight.get(place, 0), -place))
        third = max(bits(others[second]), key=lambda place: (weight.get(place, 0), -place))
        return list(dict.fromkeys((first, second, third)))

    def _completed(self, chosen: list[int]) -> int:
        """A solution with the chosen literals; where they clash, the later ones give way."""
        literals = [self._literal(place) for place in chosen]
        while True:
            solution = self._solutions.solution_near([*self._decided, *literals], literals)
            if solution is not None:
                return solution
            clashing = set(self._solutions.core([*self._decided, *literals]))
            literals.remove(next(literal for literal in reversed(literals) if literal in clashing))

    def _strike(self, seen: int) -> None:
        """Note what a solution shows."""
        left: dict[int, dict[int, int]] = {}
        for place, others in self._open.items():
            if seen >> place & 1:
                others = {
                    other: still
                    for other, mask in others.items()
                    if (still := mask & ~seen if seen >> other & 1 else mask)
                }
            if others:
                left[place] = others
        self._open = left
