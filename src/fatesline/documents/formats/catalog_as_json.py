"""A catalog for programs: its figures, one thing in it, and what a new version changes; keys are stable."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fatesline.documents.explanations import catalog_explanation
from fatesline.documents.wording import Language, Words
from fatesline.solution import Contradiction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fatesline.catalog import Catalog
    from fatesline.curation import Change, Effect, Overview, ProjectDifference, Standing


def overview(found: Overview) -> str:
    """The figures of a catalog."""
    return _text(
        {
            "catalogs": [{"name": layer.name, "version": layer.version} for layer in found.layers],
            "questions": found.questions,
            "options": found.options,
            "features": found.features,
            "kinds": dict(found.kinds),
            "levels": dict(found.levels),
            "definitions": found.definitions,
            "sources": found.sources,
            "always": list(found.always),
            # Beyond 2**53 many programs would round a number.
            "configurations": {
                "at_least": str(found.configurations.at_least),
                "at_most": str(found.configurations.at_most),
                "exact": found.configurations.exact is not None,
            },
        }
    )


def parameters(catalog: Catalog, language: Language) -> str:
    """Every value that users may set, in the order of the catalog."""
    return _text(
        {
            "parameters": [
                {
                    "feature": name,
                    "parameter": key,
                    "type": parameter.type,
                    "unit": parameter.unit or None,
                    "default": list(parameter.default) if isinstance(parameter.default, tuple) else parameter.default,
                    "minimum": parameter.minimum,
                    "maximum": parameter.maximum,
                    "choices": list(parameter.choices),
                    "source": parameter.source or None,
                    "help": parameter.help.in_language(language),
                }
                for name, entry in catalog.entries.items()
                for key, parameter in entry.parameters.items()
            ]
        }
    )


def shown(name: str, catalog: Catalog, place: Standing | None, language: Language) -> str:
    """What an id means, where it stands in the tree, and the constraints that name it."""
    told: dict[str, Any] = {"id": name, "text": catalog_explanation(name, catalog, language)}
    if place is not None:
        told |= {
            "title": catalog.title(name, language),
            "path": list(place.path),
            "group": place.group,
            "siblings": list(place.siblings),
            "children": list(place.children),
            "constraints": [
                {
                    "id": one,
                    "level": catalog.constraints[one].level,
                    "formula": str(catalog.constraints[one].formula),
                    "because": catalog.constraints[one].because.in_language(language),
                }
                for one in place.constraints
            ],
        }
    return _text(told)


def difference(
    found: Sequence[Change], project: ProjectDifference | None, old: Catalog, new: Catalog, language: Language
) -> str:
    """What differs between two catalogs, and for a project."""
    told: dict[str, Any] = {
        "changes": [
            {
                "part": one.part,
                "id": one.id,
                "kind": one.kind,
                "formerly": one.formerly or None,
                "keys": {key: {"old": before, "new": after} for key, (before, after) in one.keys.items()},
            }
            for one in found
        ]
    }
    if project is not None:
        told["project"] = {
            "faults": list(project.faults),
            "contradiction_before": _contradiction(project.before, old, language),
            "contradiction_after": _contradiction(project.after, new, language),
            "required": [_effect(one, new, language) for one in project.required],
            "no_longer_required": [_effect(one, old, language) for one in project.no_longer_required],
            "impossible": [_effect(one, new, language) for one in project.impossible],
        }
    return _text(told)


def _effect(effect: Effect, catalog: Catalog, language: Language) -> dict[str, Any]:
    return {
        "feature": effect.feature,
        "title": catalog.title(effect.feature, language),
        "constraints": [rule.id for rule in effect.argument.rules if rule.kind == "constraint"],
        "argument": Words(catalog, language).argument(effect.argument, indent=""),
    }


def _contradiction(found: object, catalog: Catalog, language: Language) -> list[str] | None:
    return Words(catalog, language).contradiction(found) if isinstance(found, Contradiction) else None


def _text(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
