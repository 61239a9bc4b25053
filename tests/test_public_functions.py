"""What programs call: one function for each command."""

from __future__ import annotations

from pathlib import Path

import fatesline
from fatesline.solution import Contradiction

EXAMPLE = Path(__file__).parents[1] / "examples" / "arrests"


def test_every_public_name_is_there() -> None:
    assert all(callable(getattr(fatesline, name)) for name in fatesline.__all__)


def test_paths_may_be_strings(tmp_path: Path) -> None:
    folder = str(tmp_path / "project")

    fatesline.generate(str(EXAMPLE), folder)
    standing = fatesline.project_status(folder)
    difference = fatesline.difference(folder, folder)
    checked = fatesline.check(folder)

    assert not isinstance(standing, Contradiction)
    assert not standing.edited
    assert difference == ""
    assert not isinstance(checked, Contradiction)
    assert checked[0].findings == ()
