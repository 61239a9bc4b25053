"""The forms in which a check reports, by the name that ``--format`` takes; a test compares table and folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fatesline.catalog import Catalog
    from fatesline.checking import Report
    from fatesline.documents.wording import Language

#: Module in ``fatesline.documents.formats``, which has a function ``report``; the first is the default.
REPORT_FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "text": "as_text",
        "json": "as_json",
        "sarif": "as_sarif",
        "junit": "as_junit",
        "markdown": "as_markdown",
        "github": "as_github",
    }
)


def report_writer(name: str) -> Callable[[Report, Catalog, Language], str]:
    """The function that writes a report in a format of the table."""
    module = import_module(f"fatesline.documents.formats.{REPORT_FORMATS[name]}")
    write: Callable[[Report, Catalog, Language], str] = module.report
    return write
