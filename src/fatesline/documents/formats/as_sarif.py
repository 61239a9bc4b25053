"""SARIF 2.1.0 for code hosts and editors."""

from __future__ import annotations

import hashlib
import json
from importlib import metadata
from typing import Any
from urllib.parse import quote

from fatesline.catalog import Catalog
from fatesline.checking import Finding, Report
from fatesline.checking.detectors import RULES
from fatesline.documents.reports import ReportWords
from fatesline.documents.wording import Language
from fatesline.model.places import Place

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def report(found: Report, catalog: Catalog, language: Language) -> str:
    """One run with its rules and results; a finding that stands nowhere has no location."""
    says = ReportWords(catalog, language)
    used = [rule for rule in RULES if any(finding.id == rule.id for finding in found.findings)]
    numbers = {rule.id: number for number, rule in enumerate(used)}
    rules = [
        {
            "id": rule.id,
            "name": "".join(part.capitalize() for part in rule.slug.split("-")),
            "shortDescription": {"text": rule.title.in_language(language)},
            "fullDescription": {"text": rule.what.in_language(language)},
            "help": {"text": rule.why.in_language(language)},
            "defaultConfiguration": {"level": rule.severity},
        }
        for rule in used
    ]
    driver = {
        "name": "fatesline",
        "semanticVersion": metadata.version("fatesline"),
        "language": "fr" if language == "fr" else "en",
        "rules": rules,
    }
    results = [_result(finding, says, numbers[finding.id]) for finding in found.findings]
    run = {"tool": {"driver": driver}, "results": results, "columnKind": "unicodeCodePoints"}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _result(finding: Finding, says: ReportWords, rule: int) -> dict[str, Any]:
    text = "\n".join([f"{says.message(finding)}.", *says.argument(finding), *says.ways_out(finding)])
    first, *others = finding.places or (None,)
    result: dict[str, Any] = {
        "ruleId": finding.id,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {"text": text},
        "locations": [_location(first)] if first is not None else [],
        "partialFingerprints": {"fatesline/v1": _fingerprint(finding)},
    }
    if others:
        result["relatedLocations"] = [_location(place) for place in others if place is not None]
    return result


def _location(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(place.file)}}
    if place.line:
        physical["region"] = {"startLine": place.line, **({"startColumn": place.column} if place.column else {})}
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.cell is not None:
        location["logicalLocations"] = [{"name": f"cell {place.cell}", "kind": "module"}]
    return location


def _fingerprint(finding: Finding) -> str:
    """Stays the same when lines move: rule, feature and file, not the line."""
    file = finding.places[0].file if finding.places else ""
    told = "|".join([finding.id, finding.feature, file, *sorted(finding.parameters.values())])
    return hashlib.sha256(told.encode()).hexdigest()[:32]
