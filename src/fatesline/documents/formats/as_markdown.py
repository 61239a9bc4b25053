"""Markdown for a comment on a pull request: a verdict, a table, and the arguments folded away."""

from __future__ import annotations

import re

from fatesline.catalog import Catalog
from fatesline.checking import Finding, Report
from fatesline.documents.reports import ReportWords
from fatesline.documents.standing import Standing, standing
from fatesline.documents.wording import Language

#: The first line, by which a bot finds its own comment again.
MARK = "<!-- fatesline check -->"

#: A comment may have 65,536 characters; what does not fit is counted.
_MOST_ROWS = 100

_HEADINGS = {
    "en": ("severity", "rule", "place", "finding", "Why, and ways out", "and {} more", "Does not count", "add"),
    "fr": ("gravité", "règle", "endroit", "constat", "Pourquoi, et issues", "et {} autres", "Ne compte pas", "ajouter"),
}
_SEVERITIES = {"en": {}, "fr": {"error": "erreur", "warning": "avertissement", "note": "remarque"}}
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~&@])")


def report(found: Report, catalog: Catalog, language: Language) -> str:
    """The whole comment; nothing in it can be taken for a mention, a link or HTML."""
    says = ReportWords(catalog, language)
    severity, rule, place, message, why, more, suppressed, add = _HEADINGS[language]
    colon = " : " if language == "fr" else ": "
    lines = [MARK, f"### fatesline{colon}{says.verdict(found)}"]
    shown = found.findings[:_MOST_ROWS]
    if shown:
        lines += ["", f"| {severity} | {rule} | {place} | {message} |", "| --- | --- | --- | --- |"]
        lines += [_row(finding, says) for finding in shown]
    if len(found.findings) > len(shown):
        lines += ["", more.format(len(found.findings) - len(shown))]
    if shown:
        lines += ["", f"<details><summary>{why}</summary>", ""]
        told: dict[tuple[str, ...], None] = {}
        for finding in shown:
            title = says.rule(finding).title.in_language(language) if not finding.feature else says.message(finding)
            told[finding.id, title, *says.argument(finding), *says.ways_out(finding)] = None
        for id, title, *reasons in list(told)[:20]:
            lines += [f"- **{id}** {_plain(title)}", *(f"  - {_plain(reason)}" for reason in reasons)]
        lines += ["", "</details>"]
    if found.suppressed:
        lines += ["", f"<details><summary>{suppressed}{colon}{len(found.suppressed)}</summary>", ""]
        for one in found.suppressed[:_MOST_ROWS]:
            because = f"{says.message(one.finding)}{colon}{says.suppressed(one)}"
            lines.append(f"- {one.finding.id} {_where(one.finding)} {_plain(because)}")
        lines += ["", "</details>"]
    if found.additions:
        lines += [
            "",
            *(f"- {add}{colon}{_plain(catalog.title(name, language))} (`{name}`)" for name in found.additions),
        ]
    if found.solution is not None:
        lines += _beside(standing(found.solution, language))
    return "\n".join(lines)


def _beside(told: Standing) -> list[str]:
    """Waivers, days of the law and open questions, each part folded away."""
    lines: list[str] = []
    for line in told.lines():
        if line.startswith("  "):
            lines.append(f"- {_plain(line)}")
        elif line:
            lines += [*(["", "</details>"] if lines else []), "", f"<details><summary>{_plain(line)}</summary>", ""]
    return [*lines, "", "</details>"] if lines else []


def _row(finding: Finding, says: ReportWords) -> str:
    severity = _SEVERITIES[says.language].get(finding.severity, finding.severity)
    return f"| {severity} | {finding.id} | {_where(finding)} | {_plain(says.message(finding))} |"


def _where(finding: Finding) -> str:
    return _plain(str(finding.places[0])) if finding.places else ""


def _plain(text: str) -> str:
    """Text in which nothing is markup."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
