"""Values of persons that are planted in a table turn up in no output, log or project file."""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from fatesline.cli import main

#: What is planted, by column; each text is nowhere else in the product.
PLANTED = {
    "full_name": "Zoelle Quibberton",
    "mail": "zoelle.quibberton@example.org",
    "phone": "+33 6 98 76 54 32",
    "account": "FR7630006000011234567890189",
    "social_security": "2 69 05 49 588 157 80",
    "card": "4539578763621486",
    "address": "17 rue Vercingetorivax",
    "born_on": "1969-05-23",
    "remarks": "she told us of her qwertylgia after the birth of her third child, last spring",
    "customer": "KQ-77310",
}
ANSWERS = """\
answers:
  kind_of_system: learns_from_tables
  jurisdiction: [european_union]
  prohibited_practices: [none_of_these_practices]
  decision_automation: human_decides
  view_of_differences: differences_reflect_bias
data:
  favourable: granted
"""
ROWS = 240


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows whose persons are all called nearly alike, one of whom wrote her address where a region should stand."""
    drawn = random.Random(11)
    lines = [",".join([*PLANTED, "sex", "region", "points", "decision"])]
    for number in range(ROWS):
        cells = [
            f'"{value[:-1]}{drawn.randrange(10)}{number:03d}"' if name not in ("born_on", "card", "account") else value
            for name, value in PLANTED.items()
        ]
        cells[1] = f"{number}.{PLANTED['mail']}"
        region = PLANTED["mail"] if number == 77 else drawn.choice(["north", "south"])
        lines.append(
            ",".join(
                [
                    *cells,
                    drawn.choice(["female", "male"]),
                    region,
                    str(drawn.randrange(90)),
                    drawn.choice(["granted", "refused"]),
                ]
            )
        )
    path = tmp_path_factory.mktemp("planted") / "t.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _run(*words: str | Path) -> tuple[int, str]:
    """Exit code, and everything that was told."""
    told = io.StringIO()
    with pytest.MonkeyPatch.context() as patched, redirect_stdout(told), redirect_stderr(told):
        patched.setattr(sys, "argv", ["fates", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            main()
    return int(left.value.code or 0), told.getvalue()


def _planted(text: str) -> list[str]:
    """The planted values in a text, whole or in part."""
    parts = ("Quibberton", "qwertylgia", "Vercingetorivax", "4539578763", "98 76 54", "KQ-77")
    return [part for part in (*PLANTED.values(), *parts) if part in text]


def _in_files(folder: Path) -> Iterator[tuple[str, list[str]]]:
    for path in folder.rglob("*"):
        if path.is_file() and (found := _planted(path.read_bytes().decode("utf-8", "replace"))):
            yield path.name, found


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("format_", ["text", "json"])
def test_no_planted_value_is_in_a_profile(table: Path, language: str, format_: str) -> None:
    for words in (
        ("--target", "decision"),
        ("--target", "decision", "--protected", "sex", "--protected", "region"),
        ("--target", "decision", "--against", table),
        ("--target", "full_name"),
        ("--target", "decision", "--favourable", "grant"),
        ("--target", "decision", "--protected", "mail"),
        ("--target", "decision", "--reference", table),
        (),
    ):
        code, told = _run("profile", table, *words, "--lang", language, "--format", format_)
        assert code in (0, 2), told
        assert not _planted(told), words


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_planted_value_is_in_the_files_of_a_project_or_in_what_is_told_of_it(
    table: Path, tmp_path: Path, language: str
) -> None:
    (tmp_path / "answers.yaml").write_text(ANSWERS)
    config, project = tmp_path / "fates.yaml", tmp_path / "project"

    results = [
        _run(
            *("ask", "--data", table, "--target", "decision", "--answers", tmp_path / "answers.yaml"),
            *("-o", config, "--write-answers", tmp_path / "again.yaml", "--lang", language),
        ),
        _run("solve", config, "--lang", language),
        _run("solve", config, "--format", "json"),
        _run("generate", config, "-o", project, "--lang", language),
        _run("check", project, "--config", config, "--lang", language),
        _run("status", project),
    ]

    assert [code for code, _ in results[:4]] == [0, 0, 0, 0], results[:4]
    assert not [_planted(told) for _, told in results if _planted(told)]
    assert any(project.rglob("*.py"))
    assert not list(_in_files(tmp_path))


@pytest.mark.parametrize(
    "fault",
    [
        "{line},further\n",
        '"{line}\n',
        "{line}\x00\n",
        "\udce9{line}\n",
    ],
)
def test_no_planted_value_is_in_the_message_about_a_faulty_row(table: Path, tmp_path: Path, fault: str) -> None:
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    path = tmp_path / "faulty.csv"
    text = "".join([*lines[:100], fault.format(line=lines[100].strip()), *lines[101:]])
    path.write_bytes(text.encode("utf-8", "surrogateescape"))

    code, told = _run("profile", path, "--target", "decision")

    assert code == 2 or fault.startswith("\udce9")  # one letter of Windows-1252 makes it the encoding of the file
    assert not _planted(told)


def test_without_names_the_first_row_is_not_told(table: Path, tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text("".join(table.read_text(encoding="utf-8").splitlines(keepends=True)[1:]), encoding="utf-8")

    code, told = _run("profile", path, "--target", "decision")

    assert code == 2
    assert not _planted(told)


def test_without_names_and_without_addresses_no_row_is_told_either(tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text("".join(f"Quibberton{row},KQ-77310-{row:05d},{row}\n" for row in range(40)), encoding="utf-8")

    code, told = _run("profile", path, "--target", "decision")

    assert code == 2
    assert not _planted(told)


def test_values_of_a_few_rows_that_a_project_names_are_told_by_their_number(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = [
        f"{'north' if row % 2 else 'south'},{row * 7 % 89},{'yes' if row * 5 % 13 > 6 else 'no'}" for row in range(300)
    ]
    path.write_text("\n".join(["region,points,granted", *rows, "Zoelle Quibberton,3,yes"]) + "\n", encoding="utf-8")

    (tmp_path / "a.yaml").write_text(ANSWERS.replace("granted", '"yes"'))

    words = ("--target", "granted", "--answers", tmp_path / "a.yaml", "-o", tmp_path / "fates.yaml")
    code, told = _run("ask", "--data", path, *words)

    assert code == 0
    assert "1 value of region is in fewer than 5 rows: does it name anybody?" in told
    assert not _planted(told)
