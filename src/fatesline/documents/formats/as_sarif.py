"""SARIF 2.1.0 for code hosts and editors."""

from __future__ import annotations

import hashlib
import json
from importlib import metadata
from typing import Any
from urllib.parse import quote

from fatesline.catalog import Catalog
from fatesline.checking import Finding, Report, Suppressed
from fatesline.checking.detectors import RULES, Rule
from fatesline.checking.fixes.fix import Fix
from fatesline.documents.explanations import rule_explanation
from fatesline.documents.reports import ReportWords
from fatesline.documents.wording import Language
from fatesline.model.places import Place

#: Further places of one finding; the first show what is meant.
_MOST_RELATED = 20

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def report(found: Report, catalog: Catalog, language: Language) -> str:
    """One run with its rules and results; a finding that stands nowhere has no location."""
    says = ReportWords(catalog, language)
    told = {finding.id for finding in found.findings} | {one.finding.id for one in found.suppressed}
    used = [rule for rule in RULES if rule.id in told]
    numbers = {rule.id: number for number, rule in enumerate(used)}
    rules = [
        {
            "id": rule.id,
            "name": "".join(part.capitalize() for part in rule.slug.split("-")),
            "shortDescription": {"text": rule.title.in_language(language)},
            "fullDescription": {"text": rule.what.in_language(language)},
            "help": {
                "text": "\n".join(rule_explanation(rule, language)),
                "markdown": _help(rule, language),
            },
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
    results += [
        {**_result(one.finding, says, numbers[one.finding.id]), "suppressions": [_suppression(one)]}
        for one in found.suppressed
    ]
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
        "locations": [_location(first, finding.snippet)] if first is not None else [],
        "partialFingerprints": {"fatesline/v2": _fingerprint(finding)},
    }
    if others:
        result["relatedLocations"] = [_location(place) for place in others[:_MOST_RELATED] if place is not None]
    # The format has no way to say that a file is to be made.
    fixes = [_fix(fix, says.language) for fix in finding.fixes if fix.edits and not fix.new_files]
    if fixes:
        result["fixes"] = fixes
    return result


def _fix(fix: Fix, language: Language) -> dict[str, Any]:
    """Replacements in lines and columns of the file, those of a notebook in lines of its JSON."""
    changes = [
        {
            "artifactLocation": {"uri": quote(file)},
            "replacements": [
                {
                    "deletedRegion": {
                        "startLine": span.start_line,
                        "startColumn": span.start_column,
                        "endLine": span.end_line,
                        "endColumn": span.end_column,
                    },
                    "insertedContent": {"text": edit.text},
                }
                for edit, span in zip(edits, fix.spans[file], strict=True)
            ],
        }
        for file, edits in fix.edits.items()
    ]
    marked = "" if fix.is_safe else (" (à relire)" if language == "fr" else " (to be looked at)")
    return {
        "description": {"text": fix.what.in_language(language) + marked},
        "artifactChanges": changes,
        "properties": {"safe": fix.is_safe},
    }


def _suppression(one: Suppressed) -> dict[str, Any]:
    kind = "inSource" if one.by == "comment" else "external"
    return {"kind": kind, "status": "accepted", **({"justification": one.reason} if one.reason else {})}


def _help(rule: Rule, language: Language) -> str:
    """The rule's reason and its examples, for hosts that show Markdown."""
    lines = [rule.why.in_language(language)]
    headings = ("À éviter", "Mieux") if language == "fr" else ("Bad", "Good")
    for heading, code in zip(headings, (rule.bad, rule.good), strict=True):
        if code:
            lines += ["", f"{heading}:", "", "```python", code.rstrip(), "```"]
    return "\n".join([*lines, *(f"\n- {source}" for source in rule.sources)])


def _location(place: Place, snippet: str = "") -> dict[str, Any]:
    """Where something stands; in a notebook, line and column are those within the cell, so no region of the file."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(place.file)}}
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.cell is not None:
        location["logicalLocations"] = [
            {"name": f"cell {place.cell}", "fullyQualifiedName": f"{place.file}#cell{place.cell}", "kind": "module"}
        ]
        location["properties"] = {"cell": place.cell, "line": place.line, "column": place.column}
    elif place.line:
        physical["region"] = {"startLine": place.line, **({"startColumn": place.column} if place.column else {})}
        if snippet:
            physical["region"]["snippet"] = {"text": snippet}
    return location


def _fingerprint(finding: Finding) -> str:
    """Stays the same when lines move: rule, feature, file and code, not the line."""
    file = finding.places[0].file if finding.places else ""
    told = "|".join([finding.id, finding.feature, file, finding.snippet, *sorted(finding.parameters.values())])
    return hashlib.sha256(told.encode()).hexdigest()[:32]
