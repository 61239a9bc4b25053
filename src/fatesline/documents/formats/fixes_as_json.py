"""What ``fates fix`` did, and the fixes of a report, as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fatesline.documents.wording import Language

if TYPE_CHECKING:
    from fatesline.checking.fixes.fix import Fix
    from fatesline.checking.mending import Mended


def fixed(done: Mended, differences: str, language: Language) -> str:
    """Fixes made and left, the files that change, and what is left; ``differences`` is a unified diff of them."""
    return json.dumps(
        {
            "fixes": [as_data(fix, language) for fix in done.fixes],
            "left": [as_data(fix, language) for fix in done.left],
            "needs_protected": [
                {
                    "rule": finding.id,
                    "feature": finding.feature,
                    "place": str(finding.places[0]) if finding.places else "",
                }
                for finding, _ in done.asking
            ],
            "files": list(done.changes),
            "differences": differences,
            "findings": [
                {
                    "id": finding.id,
                    "slug": finding.slug,
                    "severity": finding.severity,
                    "feature": finding.feature,
                    "places": [str(place) for place in finding.places],
                }
                for finding in done.after.findings
            ],
        },
        indent=2,
        ensure_ascii=False,
    )


def as_data(fix: Fix, language: Language) -> dict[str, Any]:
    """One fix; ``start`` and ``end`` are bytes of the file as it was read."""
    return {
        "rule": fix.rule,
        "feature": fix.feature,
        "place": str(fix.place) if fix.place is not None else "",
        "what": fix.what.in_language(language),
        "safe": fix.is_safe,
        "complete": fix.is_complete,
        "edits": {
            file: [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in sorted(edits)]
            for file, edits in fix.edits.items()
        },
        "new_files": dict(fix.new_files),
    }
