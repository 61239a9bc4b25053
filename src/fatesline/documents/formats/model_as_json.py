"""Answers about feature models as JSON; keys are stable, texts follow the language asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fatesline.documents.model_words import ModelWords
from fatesline.model.configuration import Decision
from fatesline.model.features import FeatureModel
from fatesline.reasoning import Argument, Comparison, Consequences, Count, Repair, Step

if TYPE_CHECKING:
    from fatesline.exchange import Imported
    from fatesline.model_answers import Analysis, Checked, Contradiction, Listed, Why

#: Python and others refuse to read longer numbers; these are written as text.
_MOST_DIGITS = 4000


def analysis(found: Analysis, imported: Imported, words: ModelWords) -> str:
    """What holds of a model as a whole."""
    value: dict[str, Any] = {
        "features": len(found.model.features),
        "groups": len(found.model.groups),
        "constraints": len(found.model.constraints),
        "valid": found.why_void is None,
        "core": found.core,
        "dead": found.dead,
        "false_optional": found.false_optional,
        "false_optional_convention": found.convention,
        **_counted(found.configurations),
    }
    if found.why_void is not None:
        value["why_void"] = _argument(found.why_void, words)
    if found.redundant is not None:
        value["redundant_constraints"] = found.redundant
    if found.atomic_sets is not None:
        value["atomic_sets"] = found.atomic_sets
    if found.commonality is not None:
        value["commonality"] = {name: float(share) for name, share in found.commonality.items()}
    value["not_reasoned_about"] = [
        {"text": kept.text, "where": kept.where, "because": kept.because} for kept in imported.kept
    ]
    return text(value)


def count(found: Count) -> str:
    """A number of configurations, or its bounds."""
    return text(_counted(found))


def checked(found: Checked, words: ModelWords) -> str:
    """How a configuration stands to its model."""
    value: dict[str, Any] = {
        "valid": found.is_valid,
        "completable": found.is_completable,
        "broken": [{"kind": rule.kind, "id": rule.id, "because": words.because(rule)} for rule in found.breaches],
    }
    if found.contradiction is not None:
        value |= _contradiction(found.contradiction, words)
    return text(value)


def consequences(found: Consequences, model: FeatureModel) -> str:
    """What decisions force; can be read again as a configuration."""
    ids = model.ids
    return text(
        {
            "consistent": True,
            "chosen": [name for name in ids if name in found.chosen],
            "ruled_out": [name for name in ids if name in found.ruled_out],
            "open": found.open(ids),
        }
    )


def contradiction(found: Contradiction, words: ModelWords) -> str:
    """A minimal conflict with its ways out."""
    return text({"consistent": False, **_contradiction(found, words)})


def conflicts(found: Sequence[Argument], words: ModelWords) -> str:
    """Minimal conflicts."""
    return text({"consistent": not found, "conflicts": [_argument(conflict, words) for conflict in found]})


def repairs(found: Sequence[Repair]) -> str:
    """What to give up, cheapest first."""
    return text({"repairs": [_repair(repair) for repair in found]})


def why(found: Why, words: ModelWords) -> str:
    """The argument for a feature or against it."""
    argument = _argument(found.argument, words) if found.argument is not None else None
    return text({"feature": found.feature, "holds": found.holds, "argument": argument})


def configuration(chosen: Sequence[str]) -> str:
    """One total configuration; can be read again as one."""
    return text({"chosen": chosen})


def configurations(found: Listed, *, all_of_them: bool) -> str:
    """Several; whether they are all, only where that was asked."""
    value: dict[str, Any] = {"number": len(found.configurations)}
    if all_of_them:
        value["all"] = found.is_all
    return text({**value, "configurations": found.configurations})


def comparison(found: Comparison) -> str:
    """What an edit did, with witnesses."""
    return text(
        {
            "kind": found.kind,
            "gone": None if found.gone is None else sorted(found.gone),
            "new": None if found.new is None else sorted(found.new),
        }
    )


def text(value: object) -> str:
    """JSON for a terminal or a file."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def _counted(found: Count) -> dict[str, Any]:
    if found.exact is not None:
        return {"configurations": _number(found.exact), "configurations_exact": True}
    return {
        "configurations": None,
        "configurations_exact": False,
        "configurations_at_least": _number(found.at_least),
        "configurations_at_most": _number(found.at_most),
    }


def _number(number: int) -> int | str:
    return number if number < 10**_MOST_DIGITS else format(Decimal(number), "f")


def _contradiction(found: Contradiction, words: ModelWords) -> dict[str, Any]:
    return {
        "conflict": _argument(found.conflict, words),
        "repairs": [_repair(repair) for repair in found.repairs],
        "constraints_to_leave_out": found.constraints,
        "text": words.conflict(found.conflict, found.repairs, found.constraints),
    }


def _argument(argument: Argument, words: ModelWords) -> dict[str, Any]:
    return {
        "decisions": [_decision(decision) for decision in argument.decisions],
        "constraints": [rule.id for rule in argument.rules if rule.kind == "constraint"],
        "steps": [_step(step, words) for step in argument.steps],
        "text": words.argument(argument, indent="", most=None),
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {"feature": decision.feature, "chosen": decision.chosen}


def _repair(repair: Repair) -> dict[str, Any]:
    return {"price": repair.price, "give_up": [_decision(decision) for decision in repair.give_up]}


def _step(step: Step, words: ModelWords) -> dict[str, Any]:
    rule = None
    if step.rule is not None:
        because = words.because(step.rule, step.conclusion, step.premises)
        rule = {"kind": step.rule.kind, "id": step.rule.id, "because": because}
    return {
        "conclusion": {"feature": step.conclusion.feature, "holds": step.conclusion.holds} if step.conclusion else None,
        "from": [{"feature": claim.feature, "holds": claim.holds} for claim in step.premises],
        "rule": rule,
        "cases": [[_step(inner, words) for inner in case] for case in step.cases],
    }
