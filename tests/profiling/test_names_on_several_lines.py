"""A name with a line break in it is a name like any other."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fatesline.profiling.profile import profile


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["a\nb", 'a"\r\n"b'])
def test_all_rows_below_such_names_are_read(end: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator=end)
        writer.writerow([name, "granted"])
        writer.writerows([number % 7, ("no", "yes")[number % 2]] for number in range(300))

    found = profile(path, "granted")

    assert found.rows == 300
    assert [column.name for column in found.columns] == [name]
    assert dict(found.labels) == {"no": 150, "yes": 150}
