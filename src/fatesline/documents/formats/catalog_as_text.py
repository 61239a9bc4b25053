"""A catalog for people at a terminal: its figures, one thing in it, and what a new version changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from fatesline.documents.explanations import catalog_explanation
from fatesline.documents.wording import Language, Words
from fatesline.solution import Contradiction

if TYPE_CHECKING:
    from fatesline.catalog import Catalog
    from fatesline.catalog.entry import Parameter
    from fatesline.curation import Change, Effect, Overview, ProjectDifference, Standing
    from fatesline.reasoning import Count

_EN = {
    "questions": "questions", "options": "answers", "features": "features", "constraints": "constraints",
    "sources": "sources", "context": "context", "derived": "derived facts", "requirement": "requirements",
    "mechanism": "mechanisms", "document": "documents", "act": "human acts", "law": "law", "technical": "technical",
    "method": "method", "preference": "preference", "definitions": "definitions", "always": "in every project",
    "valid": "valid configurations", "between": "between {} and {}",
    "tree": "in the tree", "below": "below it", "beside": "beside it", "named": "constraints",
    "mandatory": "always with its parent", "optional": "optional", "alternative": "exactly one of its group",
    "some": "at least one of its group", "cardinality": "a number of its group", "root": "the root",
    "none": "no default", "no_parameters": "no feature has a parameter",
    "added": "added", "removed": "removed", "renamed": "renamed", "changed": "changed",
    "question": "question", "option": "answer", "entry": "entry", "constraint": "constraint", "source": "source",
    "same": "nothing differs", "for": "for the project",
    "faults": "The project file does not fit the new catalog:", "stopped": "With the new catalog:",
    "stopped_before": "With the old catalog already:", "required": "Newly required:",
    "no_longer": "No longer required; it was, because:", "impossible": "Newly impossible:",
    "unchanged": "nothing is required or impossible that was not, and the other way round",
}  # fmt: skip
_FR = {
    "questions": "questions", "options": "réponses", "features": "caractéristiques", "constraints": "contraintes",
    "sources": "sources", "context": "contexte", "derived": "faits déduits", "requirement": "exigences",
    "mechanism": "mécanismes", "document": "documents", "act": "actes humains", "law": "droit",
    "technical": "technique", "method": "méthode", "preference": "préférence", "definitions": "définitions",
    "always": "dans tout projet", "valid": "configurations valides", "between": "entre {} et {}",
    "tree": "dans l'arbre", "below": "en dessous", "beside": "à côté", "named": "contraintes",
    "mandatory": "toujours avec son parent", "optional": "facultatif", "alternative": "exactement un de son groupe",
    "some": "au moins un de son groupe", "cardinality": "un nombre de son groupe", "root": "la racine",
    "none": "sans valeur usuelle", "no_parameters": "aucune caractéristique n'a de paramètre",
    "added": "ajouté", "removed": "supprimé", "renamed": "renommé", "changed": "modifié",
    "question": "question", "option": "réponse", "entry": "entrée", "constraint": "contrainte", "source": "source",
    "same": "rien ne diffère", "for": "pour le projet",
    "faults": "Le fichier du projet ne convient pas au nouveau catalogue :", "stopped": "Avec le nouveau catalogue :",
    "stopped_before": "Avec l'ancien catalogue déjà :", "required": "Nouvellement exigé :",
    "no_longer": "N'est plus exigé ; l'était, parce que :", "impossible": "Nouvellement impossible :",
    "unchanged": "rien n'est exigé ou impossible qui ne l'était pas, et inversement",
}  # fmt: skip
_WORDS: dict[Language, dict[str, str]] = {"en": _EN, "fr": _FR}

#: Values longer than this are told as changed, not shown.
_LONGEST_VALUE = 120


def overview(found: Overview, language: Language) -> str:
    """The figures of a catalog."""
    words = _WORDS[language]
    colon = " :" if language == "fr" else ":"

    def parts(counts: Any) -> str:
        return ", ".join(f"{number} {words[key]}" for key, number in counts.items())

    written = f"{sum(found.levels.values())} {words['constraints']}"
    return "\n".join(
        [
            ", ".join(f"{layer.name} {layer.version}" for layer in found.layers),
            f"{found.questions} {words['questions']}, {found.options} {words['options']}",
            f"{found.features} {words['features']}{colon} {parts(found.kinds)}",
            f"{written}{colon} {parts(found.levels)}; {found.definitions} {words['definitions']}",
            f"{found.sources} {words['sources']}",
            f"{words['valid']}{colon} {_number(found.configurations, language)}",
            f"{len(found.always)} {words['always']}{colon} {', '.join(found.always)}",
        ]
    )


def shown(name: str, catalog: Catalog, place: Standing | None, language: Language) -> str:
    """What an id means, where it stands in the tree, and the constraints that name it."""
    words = _WORDS[language]
    colon = " :" if language == "fr" else ":"
    lines = catalog_explanation(name, catalog, language) or []
    if place is None:
        return "\n".join(lines)
    lines += ["", f"{words['tree']}{colon}"]
    for depth, one in enumerate((*place.path, place.feature)):
        lines.append(f"  {'  ' * depth}{catalog.title(one, language)} ({one})")
    lines[-1] += f", {words[place.group]}"
    for heading, names in ((words["beside"], place.siblings), (words["below"], place.children)):
        if names:
            lines.append(f"{heading}{colon} {', '.join(names)}")
    if place.constraints:
        lines += ["", f"{words['named']}{colon}"]
        for one in place.constraints:
            constraint = catalog.constraints[one]
            lines += [f"  {one} ({words[constraint.level]})", f"      {constraint.formula}"]
    return "\n".join(lines)


def parameters(catalog: Catalog, language: Language) -> str:
    """Every value that users may set, by feature: what it does, its default and unit, its range, and its source."""
    words = _WORDS[language]
    lines = []
    for name, entry in catalog.entries.items():
        if entry.parameters:
            lines.append(f"{entry.title.in_language(language)} ({name})")
        for key, parameter in entry.parameters.items():
            value = words["none"] if parameter.default is None else _usual(parameter.default)
            facts = [" ".join(part for part in (value, parameter.unit) if part), _allowed(parameter)]
            facts.append(f"[{parameter.source}]" if parameter.source else "")
            lines.append(f"  {key} = {', '.join(fact for fact in facts if fact)}")
            lines.append(f"      {parameter.help.in_language(language)}")
    return "\n".join(lines) or words["no_parameters"]


def _allowed(parameter: Parameter) -> str:
    """The values that a parameter takes, as an interval or a set; the type where nothing bounds it."""
    if parameter.choices:
        return "{" + ", ".join(parameter.choices) + "}"
    low, high = parameter.minimum, parameter.maximum
    if low is None and high is None:
        return parameter.type
    below = "(-inf" if low is None else f"[{low:.15g}"
    above = "inf)" if high is None else f"{high:.15g}]"
    return f"{below}, {above}"


def _usual(default: object) -> str:
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, float):
        return f"{default:.15g}"
    return ", ".join(default) if isinstance(default, tuple) else str(default)


def changes(found: Sequence[Change], language: Language) -> str:
    """What differs between two catalogs, a line for each thing and each of its keys."""
    words = _WORDS[language]
    if not found:
        return words["same"]
    lines = []
    for one in found:
        formerly = f" ({one.formerly})" if one.formerly else ""
        lines.append(f"{words[one.kind]} {words[one.part]} {one.id}{formerly}")
        for key, (old, new) in one.keys.items():
            texts = [_value(value, language) for value in (old, new)]
            if texts[0] == texts[1] or max(map(len, texts)) > _LONGEST_VALUE:
                lines.append(f"    {key}")
            else:
                lines.append(f"    {key}: {texts[0]} -> {texts[1]}")
    return "\n".join(lines)


def project(found: ProjectDifference, old: Catalog, new: Catalog, language: Language) -> str:
    """What a new catalog changes for a project, with the arguments."""
    words = _WORDS[language]
    if found.faults:
        return "\n".join([words["faults"], *(f"  {fault}" for fault in found.faults)])
    lines = []
    for heading, catalog, solution in (("stopped_before", old, found.before), ("stopped", new, found.after)):
        if isinstance(solution, Contradiction):
            lines += [words[heading], *(f"  {line}" for line in Words(catalog, language).contradiction(solution))]
    for heading, catalog, effects in (
        ("required", new, found.required),
        ("no_longer", old, found.no_longer_required),
        ("impossible", new, found.impossible),
    ):
        if effects:
            lines.append(words[heading])
            for effect in effects:
                lines += _effect(effect, catalog, language)
    return "\n".join(lines) if lines else words["unchanged"]


def _effect(effect: Effect, catalog: Catalog, language: Language) -> list[str]:
    argument = Words(catalog, language).argument(effect.argument, indent="      ")
    return [f"  {catalog.title(effect.feature, language)} ({effect.feature})", *argument]


def _number(count: Count, language: Language) -> str:
    if count.exact is not None:
        return _digits(count.exact, language)
    return _WORDS[language]["between"].format(_digits(count.at_least, language), _digits(count.at_most, language))


def _digits(number: int, language: Language) -> str:
    """Exact, in groups of three."""
    return f"{number:,}".replace(",", "\u202f") if language == "fr" else f"{number:,}"


def _value(value: Any, language: Language) -> str:
    """One value of a change; texts in two languages in the one that is read."""
    if isinstance(value, dict) and set(value) == {"en", "fr"}:
        return str(value[language])
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value) or "-"
    return "-" if value in (None, "", [], {}) else str(value)
