"""JSON for programs; keys are stable, texts follow the language asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from fatesline.documents.standing import standing
from fatesline.documents.wording import Language, Words
from fatesline.model.configuration import Decision
from fatesline.reasoning import Argument, Step
from fatesline.solution import Contradiction, Solution, Why

if TYPE_CHECKING:
    from fatesline.catalog import Catalog
    from fatesline.checking import Report
    from fatesline.curation import Problem


def solution(found: Solution, language: Language) -> str:
    """The completed configuration with reasons."""
    words = Words(found.catalog, language)
    since = found.required_from()
    features = [
        {
            "id": name,
            "title": found.catalog.title(name, language),
            "kind": found.catalog.entries[name].kind if name in found.catalog.entries else "context",
            "required": name in found.forced.chosen,
            "reason": words.reason(found, name),
            "required_from": since[name].isoformat() if name in since else None,
        }
        for name in found.chosen
    ]
    coming = [
        {
            "constraint": one.constraint,
            "applies_from": one.applies_from.isoformat(),
            "because": found.catalog.constraints[one.constraint].because.in_language(language),
            "requires": list(one.requires),
            "excludes": list(one.excludes),
            "clashes": one.clashes,
        }
        for one in found.coming
    ]
    beside = standing(found, language).plain()
    return _text(
        {
            "consistent": True,
            "features": features,
            "assumed": list(found.assumed),
            "to_settle": beside["to_settle"],
            "waivers": beside["waivers"],
            "coming": coming,
        }
    )


def contradiction(found: Contradiction, language: Language) -> str:
    """A minimal conflict with its ways out."""
    words = Words(found.catalog, language)
    return _text(
        {
            "consistent": False,
            "conflict": _argument(found.conflict, words),
            "repairs": [
                {"price": repair.price, "give_up": [_decision(decision, words) for decision in repair.give_up]}
                for repair in found.repairs
            ],
        }
    )


def why(found: Why, language: Language) -> str:
    """The argument for a feature or against it."""
    words = Words(found.solution.catalog, language)
    return _text(
        {
            "feature": found.feature,
            "title": found.solution.catalog.title(found.feature, language),
            "holds": found.holds,
            "chosen": found.chosen,
            "argument": _argument(found.argument, words) if found.argument else None,
        }
    )


def problems(catalog: Catalog, found: Sequence[Problem]) -> str:
    """What was found in a catalog."""
    return _text(
        {
            "catalogs": [{"name": layer.name, "version": layer.version} for layer in catalog.layers],
            "questions": len(catalog.questions),
            "features": len(catalog.model.features),
            "constraints": len(catalog.constraints),
            "problems": [
                {
                    "rule": problem.rule,
                    "place": str(problem.place),
                    "what": problem.what,
                    "fault": problem.is_fault,
                    "way_on": problem.way_on,
                }
                for problem in found
            ],
        }
    )


def report(found: Report, catalog: Catalog, language: Language) -> str:
    """Evidence, findings with their arguments, and the smallest set of additions."""
    from fatesline.documents.formats.fixes_as_json import as_data
    from fatesline.documents.reports import ReportWords

    says = ReportWords(catalog, language)
    return _text(
        {
            "files": list(found.files),
            "evidence": [
                {
                    "feature": evidence.feature,
                    "strength": evidence.strength,
                    "counts": evidence.counts,
                    "result": evidence.result,
                    "lacks": evidence.lacks.in_language(language) if evidence.lacks is not None else "",
                    "places": [str(place) for place in evidence.places],
                }
                for evidence in found.evidence.values()
            ],
            "components": _components(found, catalog, language),
            "findings": [
                {
                    "id": finding.id,
                    "slug": finding.slug,
                    "severity": finding.severity,
                    "feature": finding.feature,
                    "message": says.message(finding),
                    "places": [str(place) for place in finding.places],
                    "argument": says.argument(finding),
                    "ways_out": says.ways_out(finding),
                    "fixes": [as_data(fix, language) for fix in finding.fixes],
                }
                for finding in found.findings
            ],
            "suppressed": [
                {
                    "id": one.finding.id,
                    "slug": one.finding.slug,
                    "by": one.by,
                    "reason": one.reason,
                    "message": says.message(one.finding),
                    "places": [str(place) for place in one.finding.places],
                }
                for one in found.suppressed
            ],
            "additions": list(found.additions),
            **(standing(found.solution, language).plain() if found.solution is not None else {}),
        }
    )


def _components(found: Report, catalog: Catalog, language: Language) -> list[dict[str, Any]]:
    """The listed features: which are present, weak or not shown, and where."""
    listed = [name for name, entry in catalog.entries.items() if entry.listed]
    return [
        {
            "feature": name,
            "title": catalog.title(name, language),
            "result": found.evidence[name].result if name in found.evidence else "not shown",
            "strength": found.evidence[name].strength if name in found.evidence else "",
            "places": [str(place) for place in found.evidence[name].places] if name in found.evidence else [],
        }
        for name in listed
    ]


def _argument(argument: Argument, words: Words) -> dict[str, Any]:
    return {
        "decisions": [_decision(decision, words) for decision in argument.decisions],
        "constraints": [rule.id for rule in argument.rules if rule.kind == "constraint"],
        "steps": [_step(step, words) for step in argument.steps],
        "text": words.argument(argument, indent=""),
    }


def _decision(decision: Decision, words: Words) -> dict[str, Any]:
    return {
        "feature": decision.feature,
        "chosen": decision.chosen,
        "origin": decision.origin,
        "text": words.decision(decision),
        "places": [str(place) for place in decision.places],
    }


def _step(step: Step, words: Words) -> dict[str, Any]:
    return {
        "conclusion": {"feature": step.conclusion.feature, "holds": step.conclusion.holds} if step.conclusion else None,
        "from": [{"feature": claim.feature, "holds": claim.holds} for claim in step.premises],
        "rule": {"kind": step.rule.kind, "id": step.rule.id, "because": words.because(step.rule)}
        if step.rule
        else None,
        "cases": [[_step(inner, words) for inner in case] for case in step.cases],
    }


def _text(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
