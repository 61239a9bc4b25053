"""What authors still owe: means, texts, sources, recognition, tests and cases; read off the catalog, not proven."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from fatesline.catalog.catalog import Catalog, split_citation
from fatesline.catalog.entry import Text
from fatesline.curation.problem import Problem
from fatesline.model.formula import Formula
from fatesline.model.places import Place

#: Kinds of entries by which a requirement is met.
_MEANS = ("mechanism", "document", "act")

_DATE = re.compile(r"[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?\Z")

#: Texts of so many words that are the same in two languages were not translated; shorter ones may be alike.
_FEWEST_WORDS = 4


def requirements_without_means(catalog: Catalog) -> Iterator[Problem]:
    """Requirements with nothing that meets them.

    Notes
    -----
    A requirement is met by a mechanism, document or human act below it; below another requirement that a hard
    constraint makes follow from it; or by a mechanism with a parameter that its choice sets (``chosen_by``).
    """
    means = means_of(catalog)
    for name in means:
        if not means[name]:
            yield Problem(
                "requirement-without-means",
                catalog.place(name),
                f'nothing meets the requirement "{name}": no mechanism, document or act below it or asked for by it',
            )


def means_of(catalog: Catalog) -> Mapping[str, frozenset[str]]:
    """By requirement, the mechanisms, documents and acts that may meet it; see `requirements_without_means`."""
    means = {name for name, entry in catalog.entries.items() if entry.kind in _MEANS}
    leads_to: dict[str, set[str]] = {}
    for name, entry in catalog.entries.items():
        leads_to.setdefault(entry.parent, set()).add(name)
        for parameter in entry.parameters.values():
            if parameter.chosen_by is not None:
                for choice in catalog.children(parameter.chosen_by):
                    leads_to.setdefault(choice, set()).add(name)
    for left, right in _asking(catalog):
        for name in left:
            leads_to.setdefault(name, set()).update(right)
    required = [name for name, entry in catalog.entries.items() if entry.kind == "requirement"]
    return {name: _reached(name, leads_to) & means for name in required}


def asked_for(catalog: Catalog) -> frozenset[str]:
    """Requirements that some hard constraint asks for, and those that always come with them; not mere headings."""
    waiting = [name for _, right in _asking(catalog) for name in right]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        entry = catalog.entries.get(name)
        if name in found or entry is None or entry.kind != "requirement":
            continue
        found.add(name)
        waiting += [child for child in catalog.children(name) if catalog.entries[child].relation == "mandatory"]
    return frozenset(found)


def _asking(catalog: Catalog) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """The arrows of every constraint that binds: features that ask, and features asked for."""
    for constraint in catalog.constraints.values():
        if constraint.level != "preference" and constraint.origin in ("written", "required"):
            yield from _implications(constraint.formula)


def texts_to_translate(catalog: Catalog) -> Iterator[Problem]:
    """Texts that are the same in both languages."""
    for place, name, text in _texts(catalog):
        if text.en == text.fr and len(text.en.split()) >= _FEWEST_WORDS:
            yield Problem("untranslated-text", place, f'{name} is the same in English and French: "{text.en}"')


def sources_to_mend(catalog: Catalog) -> Iterator[Problem]:
    """Sources without a readable date, sources from memory alone, and those that nothing cites."""
    cited = {split_citation(citation)[0] for citation in _citations(catalog)}
    for name, source in catalog.sources.items():
        place = catalog.source_places[name]
        if not _DATE.match(source.date):
            yield Problem(
                "undated-source",
                place,
                f'the date of the source "{name}" is "{source.date}"',
                way_on="Write a year, a month or a day: 2016, 2016-04, 2016-04-27.",
            )
        if name not in cited:
            yield Problem("uncited-source", place, f'nothing cites the source "{name}"', is_fault=False)
        if source.checked == "recall":
            what = f'the source "{name}" is cited from memory; nobody has read it for this catalog'
            yield Problem("unread-source", place, what, is_fault=False)


def unrecognised_mechanisms(catalog: Catalog) -> Iterator[Problem]:
    """Mechanisms with code that the checker could not recognise, or whose recognition or code nobody tests."""
    for name, entry in catalog.entries.items():
        if not entry.code:
            continue
        folder, place = catalog.folders[name], catalog.place(name)
        if not entry.recognise:
            yield Problem("unrecognised-mechanism", place, f'"{name}" has code, but no pattern that recognises it')
        if not (folder / f"test_{name}.py").is_file():
            yield Problem("untested-mechanism", place, f'"{name}" has no test: test_{name}.py is missing')
        if entry.kind == "mechanism":
            for kind, meaning in (("must", "must be"), ("must_not", "must not be")):
                if not _has_cases(folder / "cases" / kind):
                    what = f'"{name}" has no case in which it {meaning} recognised: cases/{kind}/ is empty'
                    yield Problem("missing-case", place, what)


def _has_cases(folder: Path) -> bool:
    return folder.is_dir() and any(not path.name.startswith((".", "__")) for path in folder.iterdir())


def _implications(formula: Formula) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Features that ask, and features asked for, of each arrow at the top of a formula."""
    match formula.kind:
        case "implies":
            left, right = formula.parts
            yield left.variables(), right.variables()
        case "and":
            for part in formula.parts:
                yield from _implications(part)
        case "iff":
            left, right = formula.parts
            yield left.variables(), right.variables()
            yield right.variables(), left.variables()


def _reached(start: str, leads_to: Mapping[str, set[str]]) -> frozenset[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for name in leads_to.get(waiting.pop(), ()):
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return frozenset(seen - {start})


def _citations(catalog: Catalog) -> Iterator[str]:
    for question in catalog.questions:
        yield from question.sources
    for entry in catalog.entries.values():
        yield from entry.sources
        for parameter in entry.parameters.values():
            # Where a default comes from may be a citation or plain words.
            if parameter.source:
                yield parameter.source
    for constraint in catalog.constraints.values():
        yield from constraint.sources


def _texts(catalog: Catalog) -> Iterator[tuple[Place, str, Text]]:
    for section in catalog.sections:
        yield catalog.place(catalog.model.root.id), f'the title of the section "{section.id}"', section.title
    for question in catalog.questions:
        place = catalog.place(question.id)
        yield place, f'the question "{question.id}"', question.ask
        yield place, f'the reason of the question "{question.id}"', question.why
        for option in question.options:
            yield catalog.place(option.id), f'the title of "{option.id}"', option.title
    for name, entry in catalog.entries.items():
        place = catalog.place(name)
        yield place, f'the title of "{name}"', entry.title
        yield place, f'the summary of "{name}"', entry.summary
        for key, parameter in entry.parameters.items():
            yield place, f'the help of the parameter "{key}" of "{name}"', parameter.help
    for name, constraint in catalog.constraints.items():
        if constraint.origin in ("written", "required"):
            yield constraint.place, f'the reason of the constraint "{name}"', constraint.because
    for target in catalog.targets.values():
        for slot in target.slots:
            yield target.place, f'the title of the slot "{slot.id}"', slot.title
