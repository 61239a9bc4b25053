"""What an id means, offline: features, questions, options, constraints and sources of a catalog, and findings."""

from __future__ import annotations

from collections.abc import Iterable

from fatesline.catalog import Catalog
from fatesline.checking.detectors import Rule
from fatesline.documents.wording import Language
from fatesline.interview.words import role

_HEADINGS = {
    "en": {
        "kind": "kind", "part": "part of", "evidence": "evidence", "who": "responsible", "needs": "needs",
        "asked_by": "named by", "parameters": "parameters", "packages": "packages", "sources": "sources",
        "options": "answers", "unknown": '"I don\'t know" is read as', "level": "level", "formula": "formula",
        "since": "applies from", "penalty": "penalty", "checked": "how it was checked", "cited": "cited by",
        "written": "written in", "default": "default",
    },
    "fr": {
        "kind": "nature", "part": "partie de", "evidence": "preuve", "who": "responsable", "needs": "demande",
        "asked_by": "cité par", "parameters": "paramètres", "packages": "paquets", "sources": "sources",
        "options": "réponses", "unknown": "« je ne sais pas » se lit", "level": "niveau", "formula": "formule",
        "since": "applicable depuis", "penalty": "pénalité", "checked": "comment elle a été vérifiée",
        "cited": "citée par", "written": "écrit dans", "default": "par défaut",
    },
}  # fmt: skip


_COLON = {"en": ":", "fr": " :"}

_KINDS = {
    "en": {
        "context": "context", "derived": "follows from the context", "requirement": "requirement",
        "mechanism": "mechanism", "document": "document", "act": "human act",
    },
    "fr": {
        "context": "contexte", "derived": "découle du contexte", "requirement": "exigence",
        "mechanism": "mécanisme", "document": "document", "act": "acte humain",
    },
}  # fmt: skip

_EVIDENCE = {
    "en": {"none": "none", "metric": "a figure", "run": "a run", "file": "a file", "signature": "a signature"},
    "fr": {"none": "aucune", "metric": "un chiffre", "run": "une exécution", "file": "un fichier",
           "signature": "une signature"},
}  # fmt: skip


def catalog_explanation(id: str, catalog: Catalog, language: Language) -> list[str] | None:
    """Lines on what an id of the catalog means, with its sources; None if the catalog has no such id.

    Parameters
    ----------
    id : str
        Of a feature (today's or a former one), question, option, constraint or source.
    catalog : Catalog
    language : {'en', 'fr'}
    """
    name = catalog.current_id(id)
    if name in catalog.entries:
        return _entry(name, catalog, language)
    if any(question.id == name for question in catalog.questions):
        return _question(name, catalog, language)
    if name in catalog.options:
        question, option = catalog.options[name]
        title = f"{option.title.in_language(language)} ({name})"
        return [title, "", *_question(question.id, catalog, language)]
    if id in catalog.constraints:
        return _constraint(id, catalog, language)
    if id in catalog.sources:
        return _source(id, catalog, language)
    if name in catalog.model:
        return [f"{catalog.title(name, language)} ({name})"]
    return None


def rule_explanation(rule: Rule, language: Language) -> list[str]:
    """Lines on what a finding means: what is looked for, why it matters, and what to write instead."""
    colon = _COLON[language]
    lines = [
        f"{rule.id} {rule.slug}: {rule.title.in_language(language)} ({rule.severity})",
        f"  {rule.what.in_language(language)}",
        f"  {rule.why.in_language(language)}",
    ]
    for heading, code in zip(
        ("bad", "good") if language == "en" else ("à éviter", "mieux"), (rule.bad, rule.good), strict=True
    ):
        if code:
            lines += ["", f"{heading}{colon}", *(f"    {line}".rstrip() for line in code.rstrip().splitlines())]
    lines += _fixes(rule, language)
    if rule.sources:
        lines += ["", f"{_HEADINGS[language]['sources']}{colon}", *(f"  {source}" for source in rule.sources)]
    return lines


_SAFETY = {
    "en": {"safe": "fates fix", "unsafe": "fates fix --unsafe", "depends": "fates fix, in some cases --unsafe"},
    "fr": {"safe": "fates fix", "unsafe": "fates fix --unsafe", "depends": "fates fix, dans certains cas --unsafe"},
}


def _fixes(rule: Rule, language: Language) -> list[str]:
    """What ``fates fix`` does about a finding, where it is certain how, and the option that it takes."""
    from fatesline.checking.fixes.table import FIXERS

    found = [fixer for fixer in FIXERS if rule.slug in fixer.rules]
    if not found:
        return []
    heading = "fix" if language == "en" else "correction"
    told = (f"  {fixer.what.in_language(language)} ({_SAFETY[language][fixer.safety]})" for fixer in found)
    return ["", f"{heading}{_COLON[language]}", *told]


def _entry(name: str, catalog: Catalog, language: Language) -> list[str]:
    words = _HEADINGS[language]
    colon = _COLON[language]
    entry = catalog.entries[name]
    parent = catalog.title(entry.parent, language)
    lines = [
        f"{entry.title.in_language(language)} ({name})",
        f"  {entry.summary.in_language(language)}",
        "",
        f"{words['kind']}{colon} {_KINDS[language][entry.kind]}",
        f"{words['part']}{colon} {parent} ({entry.parent})",
        f"{words['evidence']}{colon} {_EVIDENCE[language][entry.evidence]}",
        f"{words['who']}{colon} {role(entry.responsible, language)}",
    ]
    if entry.packages:
        lines.append(f"{words['packages']}{colon} {', '.join(entry.packages)}")
    if entry.parameters:
        lines += ["", f"{words['parameters']}{colon}"]
        for parameter, shape in entry.parameters.items():
            unit = f" {shape.unit}" if shape.unit else ""
            lines.append(
                f"  {parameter}: {shape.help.in_language(language)} ({words['default']}{colon} {shape.default}{unit})"
            )
    own = [constraint for constraint in catalog.constraints.values() if constraint.feature == name]
    others = [
        constraint
        for constraint in catalog.constraints.values()
        if constraint.feature != name and name in constraint.formula.variables()
    ]
    for heading, constraints in ((words["needs"], own), (words["asked_by"], others)):
        if constraints:
            lines += ["", f"{heading}{colon}"]
            lines += [f"  {found.id}: {found.because.in_language(language)}" for found in constraints]
    lines += _citations(entry.sources, catalog, language)
    return [*lines, "", f"{words['written']}{colon} {catalog.place(name)}"]


def _question(name: str, catalog: Catalog, language: Language) -> list[str]:
    words = _HEADINGS[language]
    colon = _COLON[language]
    question = catalog.question(name)
    lines = [f"{question.ask.in_language(language)} ({name})", f"  {question.why.in_language(language)}", ""]
    lines.append(f"{words['options']}{colon}")
    lines += [f"  {option.id}: {option.title.in_language(language)}" for option in question.options]
    protective = ", ".join(catalog.title(option, language) for option in question.protective) or "-"
    lines += ["", f"{words['unknown']}{colon} {protective}"]
    lines += _citations(question.sources, catalog, language)
    return [*lines, "", f"{words['written']}{colon} {catalog.place(name)}"]


def _constraint(name: str, catalog: Catalog, language: Language) -> list[str]:
    words = _HEADINGS[language]
    colon = _COLON[language]
    constraint = catalog.constraints[name]
    lines = [
        f"{name}",
        f"  {constraint.because.in_language(language)}",
        "",
        f"{words['level']}{colon} {constraint.level}",
        f"{words['formula']}{colon} {constraint.formula}",
    ]
    if constraint.applies_from is not None:
        lines.append(f"{words['since']}{colon} {constraint.applies_from.isoformat()}")
    if constraint.level == "preference":
        lines.append(f"{words['penalty']}{colon} {constraint.weight}")
    lines += _citations(constraint.sources, catalog, language)
    return [*lines, "", f"{words['written']}{colon} {constraint.place}"]


def _source(name: str, catalog: Catalog, language: Language) -> list[str]:
    words = _HEADINGS[language]
    colon = _COLON[language]
    source = catalog.sources[name]
    lines = [f"{source.title_in(language)} ({name})", f"  {source.date}", f"{words['checked']}{colon} {source.checked}"]
    lines += [text for text in (source.url, source.note) if text]
    citing = [found.id for found in catalog.constraints.values() if any(_cites(text, name) for text in found.sources)]
    citing += [entry.id for entry in catalog.entries.values() if any(_cites(text, name) for text in entry.sources)]
    if citing:
        lines += ["", f"{words['cited']}{colon} {', '.join(citing)}"]
    return lines


def _cites(citation: str, source: str) -> bool:
    return citation.partition(" ")[0] == source


def _citations(citations: Iterable[str], catalog: Catalog, language: Language) -> list[str]:
    colon = _COLON[language]
    lines = []
    for text in citations:
        source, locator = catalog.citation(text)
        where = f", {locator}" if locator else ""
        url = f" <{source.url}>" if source.url else ""
        lines.append(f"  {source.title_in(language)}{where} ({source.date}){url}")
    return ["", f"{_HEADINGS[language]['sources']}{colon}", *lines] if lines else []
