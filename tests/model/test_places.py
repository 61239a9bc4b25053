"""Places and edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatesline.model.places import Edit, Place, apply


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("a.py"), "a.py"),
        (Place("a.py", 3), "a.py:3"),
        (Place("a.ipynb", 3, cell=0), "a.ipynb:cell 0:3"),
        (Place("a.ipynb", cell=2), "a.ipynb:cell 2"),
    ],
)
def test_a_place_is_written_as_far_as_it_is_known(place: Place, said: str) -> None:
    assert str(place) == said


@given(st.data(), st.text(max_size=30))
def test_edits_replace_their_spans_and_nothing_else(data: st.DataObject, text: str) -> None:
    source = text.encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(source)), max_size=6)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    # Two insertions at one place would have no order of their own.
    spans = [span for at, span in enumerate(spans) if span not in spans[:at]]
    edits = [Edit(start, end, data.draw(st.text(max_size=5))) for start, end in spans]

    edited = apply(data.draw(st.permutations(edits)), source)

    expected = source
    for edit in sorted(edits, reverse=True):
        expected = expected[: edit.start] + edit.text.encode() + expected[edit.end :]
    assert edited == expected


@pytest.mark.parametrize(
    "edits", [[Edit(0, 3, "x"), Edit(2, 4, "y")], [Edit(0, 9, "")], [Edit(3, 2, "")], [Edit(-1, 1, "")]]
)
def test_overlapping_and_misplaced_edits_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        apply(edits, b"12345")
