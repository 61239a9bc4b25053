"""A profile for programs; keys are stable, sentences follow the language asked for."""

from __future__ import annotations

import json
from typing import Any

from fatesline.documents.wording import Language
from fatesline.profiling import Drift, Fact, Profile
from fatesline.profiling.people import SMALLEST_CLASS
from fatesline.profiling.words import said


def profile(found: Profile, language: Language, drift: Drift | None = None) -> str:
    """Everything that was measured; no row, and no value that looks personal.

    Parameters
    ----------
    found : Profile
    language : {'en', 'fr'}
        Of the sentences.
    drift : Drift, optional
        From another table to this one.
    """
    content: dict[str, Any] = {
        "source": {
            "file": found.file,
            "format": found.format,
            "sha256": found.sha256 or None,
            "delimiter": found.delimiter or None,
            "encoding": found.encoding or None,
            "rows": found.rows,
            "sampled_rows": found.sampled_rows,
            "renamed": dict(found.renamed),
        },
        "missing": list(found.missing),
        "target": {
            "column": found.target,
            "task": found.task,
            "labels": [{"label": label, "rows": rows} for label, rows in found.labels],
            "favourable": found.favourable,
            "favourable_given": found.favourable_given,
            "direction": found.direction,
        },
        "columns": [
            {
                "name": column.name,
                "use": column.use,
                "reason": column.reason or None,
                "missing": column.missing,
                "distinct": column.distinct,
            }
            for column in found.columns
        ],
        "protected": [
            {"attribute": one.attribute, "column": one.column, "groups": list(one.groups), "other": one.other}
            for one in found.protected
        ],
        "candidates": dict(found.candidates),
        "rates": {
            attribute: [
                # The rate of a handful of rows is the outcome of persons.
                {"group": rate.group, "rows": rate.count}
                | ({"rate": rate.value, "low": rate.low, "high": rate.high} if rate.count >= SMALLEST_CLASS else {})
                for rate in rates
            ]
            for attribute, rates in found.rates.items()
        },
        "person": found.person,
        "quasi_identifiers": list(found.quasi_identifiers),
        "facts": [_fact(fact, language) for fact in found.facts],
    }
    if drift is not None:
        content["drift"] = {
            "reference": drift.reference,
            "rows": {"reference": drift.rows[0], "current": drift.rows[1]},
            "indices": dict(drift.indices),
            "facts": [_fact(fact, language) for fact in drift.facts],
        }
    return json.dumps(content, indent=2, ensure_ascii=False)


def _fact(fact: Fact, language: Language) -> dict[str, Any]:
    return {
        "kind": fact.kind,
        "columns": list(fact.columns),
        "figure": fact.figure,
        "threshold": fact.threshold,
        "holds": fact.holds,
        "standing": fact.standing,
        "proposes": list(fact.proposes) if fact.holds else [],
        "sentence": said(fact, language),
        **({"more": dict(fact.more)} if fact.more else {}),
    }
