"""Say what a workflow may do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fatesline.catalog.entry import Text
from fatesline.checking.findings import Finding
from fatesline.checking.fixes.fix import Fixer, Proposal
from fatesline.checking.fixes.workshop import Workshop
from fatesline.checking.fixes.yaml_text import YamlText

#: Actions that read the code and need no other right.
_READING = re.compile(
    r"actions/(checkout|setup-[\w-]+|cache(/\w+)?|upload-artifact|download-artifact)@|astral-sh/setup-uv@"
    r"|conda-incubator/setup-miniconda@|mamba-org/setup-micromamba@|snok/install-poetry@|pre-commit/action@"
)
_USES = re.compile(r"^\s*(?:-\s*)?uses:\s*[\"']?([^\s\"'#]+)", re.MULTILINE)
_WRITES = re.compile(r"GITHUB_TOKEN|github\.token|\bgit\s+push\b|\bgh\s+\w+|\btwine\s+upload\b|docker\s+push\b")


def proposals(finding: Finding, shop: Workshop) -> Iterator[Proposal]:
    """The right to read the code, before the jobs."""
    raw = shop.raw(finding.places[0].file)
    if raw is None:
        return
    try:
        text = YamlText(raw)
    except ValueError:
        return
    jobs = text.member(text.top, "jobs")
    if jobs is None or jobs[0].start_mark.column or text.member(text.top, "permissions") is not None:
        return
    line = jobs[0].start_mark.line
    while line and text.lines[line - 1].startswith("#"):
        line -= 1
    only_reads = all(_READING.match(action) or action.startswith("./") for action in _USES.findall(text.text))
    edit = text.inserted_before_line(line, ["permissions:", "  contents: read", ""])
    yield Proposal((edit,), is_safe=only_reads and not _WRITES.search(text.text))


FIXER = Fixer(
    rules=("missing-workflow-permissions",),
    what=Text(
        en="grant the workflow the right to read the code and no other; a job that writes needs its own permissions",
        fr="accorder au workflow le seul droit de lire le code ; une tâche qui écrit demande ses propres permissions",
    ),
    safety="depends",
    proposals=proposals,
)
