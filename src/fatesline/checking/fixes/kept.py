"""Fixes as JSON, so that the next check of the same files need not try them again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fatesline.catalog.entry import Text
from fatesline.checking.fixes.fix import Fix, Span
from fatesline.model.places import Edit, Place


def fixes_as_data(fixes: Sequence[tuple[Fix, ...]]) -> list[list[dict[str, Any]]]:
    """The fixes of each finding, in the order of the findings."""
    return [[_as_data(fix) for fix in ones] for ones in fixes]


def fixes_from_data(data: Any) -> list[tuple[Fix, ...]]:
    """The same back.

    Raises
    ------
    KeyError, TypeError or ValueError
        If it is something else.
    """
    return [tuple(_from_data(one) for one in ones) for ones in data]


def _as_data(fix: Fix) -> dict[str, Any]:
    place = fix.place
    return {
        "rule": fix.rule,
        "place": [place.file, place.line, place.column, place.cell] if place is not None else None,
        "what": [fix.what.en, fix.what.fr],
        "safe": fix.is_safe,
        "edits": {file: [[one.start, one.end, one.text] for one in edits] for file, edits in fix.edits.items()},
        "spans": {
            file: [[one.start_line, one.start_column, one.end_line, one.end_column] for one in spans]
            for file, spans in fix.spans.items()
        },
        "new_files": dict(fix.new_files),
        "feature": fix.feature,
        "complete": fix.is_complete,
    }


def _from_data(data: Any) -> Fix:
    english, french = data["what"]
    return Fix(
        data["rule"],
        Place(*data["place"]) if data["place"] is not None else None,
        Text(en=english, fr=french),
        bool(data["safe"]),
        {file: tuple(Edit(*one) for one in edits) for file, edits in data["edits"].items()},
        {file: tuple(Span(*one) for one in spans) for file, spans in data["spans"].items()},
        dict(data["new_files"]),
        data["feature"],
        bool(data["complete"]),
    )
