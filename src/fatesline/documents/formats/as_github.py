"""Annotations on the changed lines of a pull request, as GitHub Actions reads them from a job's output."""

from __future__ import annotations

from fatesline.catalog import Catalog
from fatesline.checking import Finding, Report
from fatesline.documents.reports import ReportWords
from fatesline.documents.wording import Language

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def report(found: Report, catalog: Catalog, language: Language) -> str:
    """A line for each finding, and one that sums up."""
    says = ReportWords(catalog, language)
    return "\n".join([*(_annotation(finding, says) for finding in found.findings), says.verdict(found)])


def _annotation(finding: Finding, says: ReportWords) -> str:
    properties = {"title": f"{finding.id} {says.rule(finding).title.in_language(says.language)}"}
    text = [f"{says.message(finding)}.", *says.argument(finding)]
    if finding.places:
        place = finding.places[0]
        properties = {"file": place.file, **properties}
        if place.cell is not None:
            # A line of a cell is no line of the file that GitHub shows.
            text.insert(0, f"{place}:")
        elif place.line:
            properties |= {"line": str(place.line), **({"col": str(place.column)} if place.column else {})}
    given = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {given}::{_escaped(chr(10).join(text))}"


def _escaped(text: str, more: str = "") -> str:
    """Line ends, percent signs and the signs given as GitHub's toolkit writes them."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    for sign in more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
