"""JUnit XML, which continuous integration shows as tests: a finding is a test that failed."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

from fatesline.catalog import Catalog
from fatesline.checking import Finding, Report
from fatesline.documents.reports import ReportWords
from fatesline.documents.wording import Language

#: Signs that XML cannot hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report(found: Report, catalog: Catalog, language: Language) -> str:
    """One suite; notes pass with a remark, suppressed findings are skipped, a clean check is one test that passes."""
    says = ReportWords(catalog, language)
    failures = sum(finding.severity != "note" for finding in found.findings)
    tests = len(found.findings) + len(found.suppressed)
    counts = {"tests": str(tests or 1), "failures": str(failures), "errors": "0", "skipped": str(len(found.suppressed))}
    root = ElementTree.Element("testsuites", counts)
    suite = ElementTree.SubElement(root, "testsuite", {"name": "fatesline", **counts})
    for finding in found.findings:
        case = _case(suite, finding, says)
        text = "\n".join(
            [f"{_where(finding)}{says.message(finding)}", *says.argument(finding), *says.ways_out(finding)]
        )
        if finding.severity == "note":
            ElementTree.SubElement(case, "system-out").text = _clean(text)
        else:
            attributes = {"message": _clean(says.message(finding)), "type": finding.severity}
            ElementTree.SubElement(case, "failure", attributes).text = _clean(text)
    for one in found.suppressed:
        ElementTree.SubElement(_case(suite, one.finding, says), "skipped", {"message": _clean(says.suppressed(one))})
    if not tests:
        ElementTree.SubElement(suite, "testcase", {"classname": "fatesline", "name": says.verdict(found)})
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode")


def _case(suite: ElementTree.Element, finding: Finding, says: ReportWords) -> ElementTree.Element:
    attributes = {
        "classname": f"fatesline.{finding.slug}",
        "name": _clean(f"{finding.id} {_where(finding)}{says.message(finding)}"),
    }
    if finding.places:
        attributes["file"] = _clean(finding.places[0].file)
        if finding.places[0].line and finding.places[0].cell is None:
            attributes["line"] = str(finding.places[0].line)
    return ElementTree.SubElement(suite, "testcase", attributes)


def _where(finding: Finding) -> str:
    return f"{finding.places[0]}: " if finding.places else ""


def _clean(text: str) -> str:
    return _NOT_XML.sub("?", text)
