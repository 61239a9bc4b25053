"""Findings -> fixes -> mended files: every fix is tried on the code in memory and checked before it counts."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from fatesline.catalog import Catalog
from fatesline.catalog.entry import Text
from fatesline.checking.baseline import Key
from fatesline.checking.facts import reader_of
from fatesline.checking.findings import Finding, Report, check
from fatesline.checking.fixes.fix import Fix, Fixer, Proposal, Span, span_of
from fatesline.checking.fixes.kept import fixes_as_data, fixes_from_data
from fatesline.checking.fixes.table import FIXERS
from fatesline.checking.fixes.workshop import Workshop
from fatesline.checking.inventory import Progress, understood
from fatesline.checking.remembered import keep, key_of, recalled
from fatesline.checking.requirement_rules import NOT_SHOWN
from fatesline.checking.tree import files_below
from fatesline.model.places import Edit, apply
from fatesline.solution import Solution

#: Rounds of mending; each mends all that can be mended at once, so that two or three do.
_MOST_ROUNDS = 25

#: Reading a file of some thousand lines three times would take longer than the check of all others.
_MOST_BYTES_TRIED = 60_000

_BY_RULE: Mapping[str, tuple[Fixer, ...]] = MappingProxyType(
    {slug: tuple(one for one in FIXERS if slug in one.rules) for fixer in FIXERS for slug in fixer.rules}
)


@dataclass(frozen=True, slots=True)
class Mended:
    """What mending does.

    Parameters
    ----------
    before, after : Report
        Of the files as they were, and as they are then.
    fixes : tuple of Fix
        That were made, in the order of their findings.
    left : tuple of Fix
        That only somebody who asks for them should make.
    changes : mapping of str to (bytes or None, bytes)
        Content before and after, by path; None where there was no file.
    asking : tuple of (Finding, Text)
        Findings that could be mended if somebody said which columns are protected, and what would be done.
    """

    before: Report
    after: Report
    fixes: tuple[Fix, ...]
    left: tuple[Fix, ...]
    changes: Mapping[str, tuple[bytes | None, bytes]]
    asking: tuple[tuple[Finding, Text], ...] = ()


def mended(
    path: Path,
    catalog: Catalog,
    solution: Solution | None = None,
    *,
    unsafe: bool = False,
    rules: frozenset[str] | None = None,
    protected: tuple[str, ...] = (),
    wished: tuple[str, ...] = (),
    baseline: Mapping[Key, int] = MappingProxyType({}),
    progress: Progress | None = None,
) -> Mended:
    """Mend what can be mended, in memory; nothing is written.

    Parameters
    ----------
    path : Path
        A file or a folder.
    catalog : Catalog
    solution : Solution, optional
        Says what is required here.
    unsafe : bool
        Whether fixes are made that somebody has to look at.
    rules : frozenset of str, optional
        Ids; other findings stay as they are.
    protected : tuple of str
        Columns whose groups are compared; those that the configuration names when empty.
    wished : tuple of str
        Features to be added where they are not shown, though nothing requires them.
    baseline : mapping of Key to int
        Findings that are known, and stay.
    progress : callable, optional
        Told (files read, files to read) of each reading.

    Raises
    ------
    UserError
        If there is no such file or folder.
    """

    def look(contents: Mapping[str, bytes]) -> Report:
        found = check(path, catalog, solution, baseline=baseline, progress=progress, contents=contents)
        wishes = [
            Finding(NOT_SHOWN.id, NOT_SHOWN.slug, "note", feature=name)
            for name in wished
            if name not in found.configuration
        ]
        return replace(found, findings=(*found.findings, *wishes)) if wishes else found

    tree = files_below(path)
    protected = protected or _protected_in(solution)
    contents: dict[str, bytes] = {}
    originals: dict[str, bytes | None] = {}

    def original(file: str) -> bytes | None:
        if file not in originals:
            originals[file] = _content(tree.root / file, file, tree.files)
        return originals[file]

    def shop(protected: tuple[str, ...] = protected) -> Workshop:
        def read(file: str) -> bytes | None:
            return contents[file] if file in contents else original(file)

        return Workshop(read, catalog, solution, protected, tuple(sorted({*tree.files, *contents})))

    before = report = look({})
    made: list[Fix] = []
    refused: set[Fix] = set()
    for _ in range(_MOST_ROUNDS):
        at_hand = shop()
        found = [
            fix
            for fix in _fixes(report, at_hand, refused)
            if (unsafe or fix.is_safe) and (rules is None or fix.rule in rules)
        ]
        chosen = _compatible(found)
        if not chosen:
            break
        waiting = [chosen]
        while waiting:
            group = waiting.pop()
            tried = {**contents, **_applied(group, shop())}
            after = look(tried)
            if _is_better(report, after, group):
                contents, report = tried, after
                made += group
                # Places in files that were touched are no longer where the others think.
                break
            if len(group) == 1:
                refused.update(group)
            else:
                half = len(group) // 2
                waiting += [group[half:], group[:half]]
    left = [fix for fix in _fixes(report, shop(), refused) if not fix.is_safe] if not unsafe else []
    changes = {file: (original(file), new) for file, new in sorted(contents.items())}
    order = {finding.key: number for number, finding in enumerate(before.findings)}
    made.sort(key=lambda fix: next((n for key, n in order.items() if _of(fix) == (key.rule, key.path, key.feature)), 0))
    wishes = [one for one in report.findings if one.feature in wished and one.severity == "note"]
    report = replace(report, findings=tuple(one for one in report.findings if one not in wishes))
    asked = [one for one in report.findings if rules is None or one.id in rules] if not protected else []
    asking = tuple(_asking(asked, shop(("column",))))
    return Mended(before, report, tuple(made), tuple(left), changes, asking)


def with_fixes(
    report: Report,
    path: Path,
    catalog: Catalog,
    solution: Solution | None = None,
    *,
    protected: tuple[str, ...] = (),
    cache: Path | None = None,
) -> Report:
    """The report with each finding's fix, tried on its file alone; of large files only :func:`mended` tells.

    Parameters
    ----------
    report : Report
        Of what lies at ``path`` now.
    path : Path
    catalog : Catalog
    solution : Solution, optional
    protected : tuple of str
        Columns whose groups are compared; those that the configuration names when empty.
    cache : Path, optional
        Folder of what was found for the same files and findings before.
    """
    if not report.findings:
        return report
    protected = protected or _protected_in(solution)
    key = ""
    if cache is not None:
        told = [(one.id, one.places, one.feature, sorted(one.parameters.items())) for one in report.findings]
        chosen = solution.chosen if solution is not None else ()
        text = repr((key_of(path, catalog.entries), told, chosen, protected, _layers(catalog)))
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        kept = recalled(cache, key, fixes_from_data)
        if kept is not None and len(kept) == len(report.findings):
            pairs = zip(report.findings, kept, strict=True)
            return replace(report, findings=tuple(replace(finding, fixes=fixes) for finding, fixes in pairs))
    tree = files_below(path)
    shop = Workshop(lambda file: _content(tree.root / file, file, tree.files), catalog, solution, protected, tree.files)
    known: dict[str, Counter[str]] = {}
    findings = []
    for finding in report.findings:
        raw = shop.raw(finding.places[0].file) if finding.places else b""
        is_large = raw is None or len(raw) > _MOST_BYTES_TRIED
        found = (one for one in _fixes_of(finding, shop, set()) if _holds_alone(one, shop, known))
        findings.append(replace(finding, fixes=() if is_large else tuple(islice(found, 1))))
    if cache is not None:
        keep(cache, key, fixes_as_data([finding.fixes for finding in findings]))
    return replace(report, findings=tuple(findings))


def _protected_in(solution: Solution | None) -> tuple[str, ...]:
    """The protected columns that a configuration names."""
    data = solution.project.data if solution is not None else None
    return tuple(dict.fromkeys(one.column for one in data.protected if one.column)) if data is not None else ()


def _layers(catalog: Catalog) -> list[tuple[str, int, int]]:
    """The components that a fix may put beside the code, by size and time."""
    modules = (catalog.module(name, target) for name, entry in catalog.entries.items() for target in entry.code)
    return [(str(one), one.stat().st_size, one.stat().st_mtime_ns) for one in modules if one is not None]


def _content(file: Path, name: str, known: Sequence[str]) -> bytes | None:
    """What a file of the tree holds; nothing outside it is read."""
    if name not in known:
        return None
    try:
        return file.read_bytes()
    except OSError:
        return None


def _fixes(report: Report, shop: Workshop, refused: set[Fix]) -> Iterator[Fix]:
    """The first fix of each finding that was not refused."""
    for finding in report.findings:
        yield from islice(_fixes_of(finding, shop, refused), 1)


def _fixes_of(finding: Finding, shop: Workshop, refused: set[Fix]) -> Iterator[Fix]:
    for fixer in _BY_RULE.get(finding.slug, ()):
        for proposal in fixer.proposals(finding, shop):
            fix = _fix(finding, fixer, proposal, shop)
            if fix is not None and fix not in refused:
                yield fix


def _asking(findings: Iterable[Finding], shop: Workshop) -> Iterator[tuple[Finding, Text]]:
    """Findings that could be mended in a shop where some column is protected, and cannot where none is."""
    for finding in findings:
        for fixer in _BY_RULE.get(finding.slug, ()):
            if fixer.needs_protected and next(iter(fixer.proposals(finding, shop)), None) is not None:
                yield finding, fixer.what
                break


def _fix(finding: Finding, fixer: Fixer, proposal: Proposal, shop: Workshop) -> Fix | None:
    """A proposal as edits of bytes; None where it does not fit together after all."""
    file = proposal.file or (finding.places[0].file if finding.places else "")
    edits: tuple[Edit, ...] = ()
    spans: tuple[Span, ...] = ()
    raw = shop.raw(file) if proposal.edits else None
    if proposal.edits:
        source = shop.source(file)
        if raw is None:
            return None
        try:
            edits = tuple(sorted(source.in_file(proposal.edits) if source is not None else proposal.edits))
            apply(edits, raw)
            spans = tuple(span_of(edit, raw) for edit in edits)
        except ValueError:
            return None
    if any(shop.raw(name) is not None for name in proposal.new_files):
        return None
    return Fix(
        finding.id,
        finding.places[0] if finding.places else None,
        proposal.what or fixer.what,
        proposal.is_safe and fixer.safety != "unsafe",
        {file: edits} if edits else {},
        {file: spans} if edits else {},
        proposal.new_files,
        finding.feature,
        proposal.is_complete,
    )


def _compatible(fixes: Iterable[Fix]) -> list[Fix]:
    """Fixes that can be made together: those whose edits do not touch, or are the same."""
    taken: dict[str, set[Edit]] = {}
    written: dict[str, str] = {}
    chosen = []
    for fix in fixes:
        meets = any(
            edit not in taken.get(file, ()) and any(_overlap(edit, other) for other in taken.get(file, ()))
            for file, edits in fix.edits.items()
            for edit in edits
        ) or any(written.get(name, text) != text for name, text in fix.new_files.items())
        if meets:
            continue
        chosen.append(fix)
        written |= fix.new_files
        for file, edits in fix.edits.items():
            taken.setdefault(file, set()).update(edits)
    return chosen


def _overlap(one: Edit, other: Edit) -> bool:
    if one.start == one.end or other.start == other.end:
        # Two insertions at one byte stand behind each other; one at the edge of a replacement does not meet it.
        return one.start < other.start < one.end or other.start < one.start < other.end
    return one.start < other.end and other.start < one.end


def _applied(fixes: Sequence[Fix], shop: Workshop) -> dict[str, bytes]:
    """The files that fixes change, as they are then."""
    edits: dict[str, set[Edit]] = {}
    contents: dict[str, bytes] = {}
    for fix in fixes:
        for file, ones in fix.edits.items():
            edits.setdefault(file, set()).update(ones)
        contents |= {name: text.encode() for name, text in fix.new_files.items()}
    for file, found in edits.items():
        raw = shop.raw(file)
        assert raw is not None
        contents[file] = apply(found, raw)
    return contents


def _of(fix: Fix) -> tuple[str, str, str]:
    return fix.rule, fix.place.file if fix.place is not None else "", fix.feature


def _counted(findings: Iterable[Finding]) -> Counter[tuple[str, str, str]]:
    # What is missing may be told as missing or as not shown, and wherever something like it stands.
    return Counter(
        ("", "", one.feature) if one.feature else (one.id, one.places[0].file if one.places else "", "")
        for one in findings
    )


def _is_better(before: Report, after: Report, fixes: Sequence[Fix]) -> bool:
    """Whether each fix removed its finding, and nothing new is found."""
    first, then = _counted(before.findings), _counted(after.findings)
    if any(then[key] > first[key] for key in then):
        return False
    wanted = Counter(
        ("", "", fix.feature) if fix.feature else (fix.rule, _of(fix)[1], "") for fix in fixes if fix.is_complete
    )
    # What waits for people is not there yet.
    waiting = all(then["", "", fix.feature] for fix in fixes if fix.feature and not fix.is_complete)
    return waiting and all(first[key] - then[key] >= number for key, number in wanted.items())


def _holds_alone(fix: Fix, shop: Workshop, known: dict[str, Counter[str]]) -> bool:
    """Whether a fix removes its finding from its file and adds none, as far as that file alone tells.

    Parameters
    ----------
    fix : Fix
    shop : Workshop
    known : dict of str to Counter
        How often each rule was found in the files as they are, by file.
    """
    for file, edits in fix.edits.items():
        raw = shop.raw(file)
        if raw is None or reader_of(file) is None:
            continue
        if file not in known:
            known[file] = _rules_in(file, raw)
        first, then = known[file], _rules_in(file, apply(edits, raw))
        if any(then[rule] > first[rule] for rule in then):
            return False
        if fix.is_complete and not fix.feature and first[fix.rule] and then[fix.rule] >= first[fix.rule]:
            return False
    return True


def _rules_in(file: str, raw: bytes) -> Counter[str]:
    reader = reader_of(file)
    assert reader is not None
    reading = reader(file, raw)
    _, sightings, problems = understood({file: reading})
    return Counter([*(one.rule for one in sightings), *("R001" for _ in (*problems, *reading.problems))])
