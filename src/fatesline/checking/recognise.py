"""Facts x catalog patterns -> evidence: what the things that were seen mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from fatesline.catalog.entry import Entry, Pattern, Text
from fatesline.checking.facts import Fact
from fatesline.checking.flow.calls import public_name
from fatesline.checking.readers.file_names import expression, matches
from fatesline.model.configuration import Configuration, Decision
from fatesline.model.places import Place

Strength = Literal["used", "configured", "imported", "mentioned"]
Result = Literal["present", "weak", "not shown"]

#: Strongest first; only the first two count.
STRENGTHS: tuple[Strength, ...] = ("used", "configured", "imported", "mentioned")

#: First parts of names that stand for what is in files that are not code; ``**`` does not stand for them.
_NOT_CODE = frozenset(
    ("action", "card", "ci", "command", "container", "dependency", "docker", "image", "prometheus", "requirement")
)

#: Places kept for one feature; a reader wants to see where, not every line.
_MOST_PLACES = 20


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that a feature is there.

    Parameters
    ----------
    feature : str
        Feature id.
    strength : {'used', 'configured', 'imported', 'mentioned'}
        ``used``: called in code that can be reached. ``configured``: handed to something that calls it, or there as a
        file. ``imported``: imported, or called only in code that nothing reaches. ``mentioned``: in tests only.
    places : tuple of Place
        Of this strength, in order.
    lacks : Text or None
        What the evidence leaves open: none of it shows the whole feature, so that it does not count.
    """

    feature: str
    strength: Strength
    places: tuple[Place, ...]
    lacks: Text | None = None

    @property
    def counts(self) -> bool:
        """Whether the feature may be taken to be there."""
        return self.strength in ("used", "configured") and self.lacks is None

    @property
    def result(self) -> Result:
        """The one of three answers that a reviewer reads."""
        return "present" if self.counts else "weak"


def recognise(facts: Sequence[Fact], entries: Mapping[str, Entry]) -> dict[str, Evidence]:
    """The strongest evidence for each feature that has any.

    Parameters
    ----------
    facts : sequence of Fact
    entries : mapping of str to Entry
        Those of the catalog; their ``recognise`` patterns are looked for.

    Notes
    -----
    A call in a test file does not count, however it got there, unless the pattern names test files itself: in
    ``all_of: [{file: "tests/**"}, {call: ...}]`` the call counts in the files that the ``file`` pattern fits.
    """
    return _Search(facts, entries).all_found()


def detected(evidence: Mapping[str, Evidence]) -> Configuration:
    """The features that evidence counts for, as decisions that the code has taken."""
    return Configuration.of(
        Decision(one.feature, origin="detected", places=one.places) for one in evidence.values() if one.counts
    )


def _in_order(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: (place.file, place.cell or 0, place.line, place.column))


class _Search:
    """Facts by name, so that a pattern meets each name once however often it is called."""

    def __init__(self, facts: Sequence[Fact], entries: Mapping[str, Entry]) -> None:
        self.entries = entries
        self.found: dict[str, Evidence | None] = {}
        self.files = [fact for fact in facts if fact.role == "file"]
        self.by_name: dict[str, list[Fact]] = defaultdict(list)
        self.by_keyword: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            if fact.role == "file":
                continue
            self.by_name[fact.name.lstrip(".")].append(fact)
            for keyword in fact.keywords:
                # Of a step's parameter, "model__class_weight", the last part is the parameter.
                self.by_keyword[keyword.rpartition("__")[2] or keyword].append(fact)
        self.names_by_part: dict[str, list[str]] = defaultdict(list)
        self.names_by_last: dict[str, list[str]] = defaultdict(list)
        for name in self.by_name:
            parts = name.split(".")
            for part in dict.fromkeys(parts):
                self.names_by_part[part].append(name)
            self.names_by_last[parts[-1]].append(name)
        self.by_first_letter: dict[str, list[str]] = defaultdict(list)
        self.by_last_letter: dict[str, list[str]] = defaultdict(list)
        for last in self.names_by_last:
            self.by_first_letter[last[:1]].append(last)
            self.by_last_letter[last[-1:]].append(last)
        self.called: dict[object, dict[Strength, set[Place]]] = {}
        self.component_in = {
            fact.name: component for fact in self.files if (component := _component_in(fact.name, entries)) is not None
        }

    def all_found(self) -> dict[str, Evidence]:
        """The evidence of every entry that has any, in the order of the entries."""
        found = {feature: self.evidence_of(feature) for feature in self.entries}
        return {feature: evidence for feature, evidence in found.items() if evidence is not None}

    def evidence_of(self, feature: str) -> Evidence | None:
        """The strongest evidence of one entry; of two equally strong ones, that which lacks nothing."""
        if feature not in self.found:
            # Entries that show each other show nothing by that.
            self.found[feature] = None
            entry = self.entries.get(feature)
            self.found[feature] = self._strongest(entry) if entry is not None else None
        return self.found[feature]

    def _strongest(self, entry: Entry) -> Evidence | None:
        whole: dict[Strength, set[Place]] = {}
        partial: dict[Strength, set[Place]] = {}
        lacks: dict[Strength, Text] = {}
        for pattern in entry.recognise:
            for strength, everywhere in self.shown_by(pattern):
                places = self._of_its_own(entry, everywhere)
                if pattern.lacks is None:
                    whole.setdefault(strength, set()).update(places)
                else:
                    partial.setdefault(strength, set()).update(places)
                    lacks.setdefault(strength, pattern.lacks)
        for counting in (STRENGTHS[:2], STRENGTHS[2:]):
            for some, lacking in ((whole, False), (partial, True)):
                for strength in counting:
                    if some.get(strength):
                        first = tuple(_in_order(some[strength])[:_MOST_PLACES])
                        left_open = lacks[strength] if lacking and strength in STRENGTHS[:2] else None
                        return Evidence(entry.id, strength, first, left_open)
        return None

    def _of_its_own(self, entry: Entry, places: set[Place]) -> set[Place]:
        """Without what other components do within themselves: an audit that trains a tree makes no model a tree."""
        if not entry.code or not self.component_in:
            return places
        return {place for place in places if self.component_in.get(place.file, entry.id) == entry.id}

    def shown_by(self, pattern: Pattern, in_tests: Sequence[str] = ()) -> Iterator[tuple[Strength, set[Place]]]:
        """Strengths at which a pattern holds, and where.

        Parameters
        ----------
        pattern : Pattern
        in_tests : sequence of str
            Globs of test files in which calls count.
        """
        if pattern.file is not None:
            fits = expression(pattern.file).match
            places = {fact.place for fact in self.files if fits(fact.name)}
            if places:
                yield "configured", places
        elif pattern.feature is not None:
            evidence = self.evidence_of(pattern.feature)
            if evidence is not None and evidence.lacks is None:
                yield evidence.strength, set(evidence.places)
        elif pattern.call is not None:
            yield from self._called(pattern, in_tests)
        else:
            yield from self._all_of(pattern)

    def _all_of(self, pattern: Pattern) -> Iterator[tuple[Strength, set[Place]]]:
        globs = [part.file for part in pattern.all_of if part.file is not None]
        weakest = 0
        places: set[Place] = set()
        for part in pattern.all_of:
            strongest = min(self.shown_by(part, globs), key=lambda one: STRENGTHS.index(one[0]), default=None)
            if strongest is None:
                return
            weakest = max(weakest, STRENGTHS.index(strongest[0]))
            places |= strongest[1]
        yield STRENGTHS[weakest], places

    def _called(self, pattern: Pattern, in_tests: Sequence[str]) -> Iterator[tuple[Strength, set[Place]]]:
        # Alternatives such as "a seed, and one of these lock files" ask for the same calls many times.
        key = (pattern.call, pattern.first, tuple(pattern.keywords.items()), tuple(in_tests))
        if key not in self.called:
            by_strength = self.called[key] = {}
            for fact in self._named(pattern):
                if _passes_first(fact, pattern.first) and all(
                    _passes(fact, keyword, wanted) for keyword, wanted in pattern.keywords.items()
                ):
                    by_strength.setdefault(_strength(fact, in_tests), set()).add(fact.place)
        yield from self.called[key].items()

    def _named(self, pattern: Pattern) -> Iterator[Fact]:
        wanted = public_name(pattern.call or "")
        if "*" not in wanted:
            yield from self.by_name.get(wanted, ())
            return
        if wanted == "**" and pattern.keywords:
            yield from self.by_keyword.get(next(iter(pattern.keywords)), ())
            return
        parts = wanted.split(".")
        whole = [self.names_by_part.get(part, ()) for part in parts if "*" not in part]
        names: Collection[str] = min(whole, key=len) if whole else self._ending_as(parts[-1])
        if not names:
            # There are more than a thousand patterns, and few of them ever have a name to look at.
            return
        fits = _expression(wanted).match
        for name in names:
            if fits(name) and not ("*" in parts[0] and name.partition(".")[0] in _NOT_CODE):
                yield from self.by_name[name]

    def _ending_as(self, wanted: str) -> Collection[str]:
        """Names whose last part fits a pattern; few of the last parts begin or end with the letter that it does."""
        if wanted in ("*", "**"):
            return self.by_name
        if wanted[0] != "*":
            near: Collection[str] = self.by_first_letter.get(wanted[0], ())
        elif wanted[-1] != "*":
            near = self.by_last_letter.get(wanted[-1], ())
        else:
            near = self.names_by_last
        fits = _expression(wanted).match
        return [name for last in near if fits(last) for name in self.names_by_last[last]]


def _component_in(path: str, entries: Mapping[str, Entry]) -> str | None:
    """The feature whose component a file of a generated project holds; None for any other file."""
    *folders, name = path.split("/")
    entry = entries.get(name.removesuffix(".py"))
    return entry.id if folders[-1:] == ["components"] and entry is not None and entry.code else None


def _strength(fact: Fact, in_tests: Sequence[str]) -> Strength:
    if fact.reach == "test" and not any(matches(fact.place.file, glob) for glob in in_tests):
        return "mentioned"
    if fact.role == "import" or fact.reach == "dead":
        return "imported"
    return "used" if fact.role == "call" else "configured"


def _passes(fact: Fact, keyword: str, wanted: str) -> bool:
    """Whether a call passes the keyword; passing None is not passing it."""
    given = fact.keywords.get(keyword)
    if given is None:
        ending = f"__{keyword}"
        given = next((value for name, value in fact.keywords.items() if name.endswith(ending)), None)
    return given is not None and fact.role == "call" and _fits(given, wanted)


def _passes_first(fact: Fact, wanted: str | None) -> bool:
    if wanted is None:
        return True
    return bool(fact.positional) and fact.role == "call" and _fits(fact.positional[0], wanted)


def _fits(given: str, wanted: str) -> bool:
    if wanted == "*":
        return given != "None"
    if wanted == "?*" and given == "None":
        return False
    return given == wanted or ("*" in wanted and _text_expression(wanted).match(given) is not None)


@lru_cache(maxsize=1024)
def _text_expression(wanted: str) -> re.Pattern[str]:
    pieces = (".".join(map(re.escape, piece.split("?"))) for piece in wanted.split("*"))
    return re.compile(".*".join(pieces) + r"\Z", re.DOTALL)


@lru_cache(maxsize=4096)
def _expression(pattern: str) -> re.Pattern[str]:
    """``*``: any characters within one part; ``**``: any number of parts, also none."""
    parts = []
    names = pattern.split(".")
    for position, part in enumerate(names):
        last = position == len(names) - 1
        if part == "**":
            parts.append(r".*" if last else r"(?:[^.]+\.)*")
        else:
            parts.append("[^.]*".join(re.escape(piece) for piece in part.split("*")) + ("" if last else r"\."))
    return re.compile("".join(parts) + r"\Z")
