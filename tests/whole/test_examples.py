"""The worked examples are what the commands write today, byte for byte; `python examples/regenerate.py` renews them."""

from __future__ import annotations

from pathlib import Path

import fatesline

ROOT = Path(__file__).parents[2]
ARRESTS = ROOT / "examples" / "arrests"
RENEW = "run `python examples/regenerate.py` and look at the difference"


def test_the_answers_give_the_project_file(arrests: Path, tmp_path: Path) -> None:
    written = tmp_path / "fates.yaml"

    fatesline.ask(written, data=arrests, target="released", answers=ARRESTS / "answers.yaml", remark=lambda line: None)

    assert written.read_text() == (ARRESTS / "fates.yaml").read_text(), RENEW


def test_the_project_file_gives_the_project(tmp_path: Path) -> None:
    fatesline.generate(ARRESTS / "fates.yaml", tmp_path)

    expected = {path.relative_to(ARRESTS / "project"): path.read_bytes() for path in files(ARRESTS / "project")}
    assert {path.relative_to(tmp_path): path.read_bytes() for path in files(tmp_path)} == expected, RENEW


def files(folder: Path) -> list[Path]:
    """Files of a project but the record of its texts."""
    found = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return [path for path in found if path.name != "written.json"]


def test_checking_the_example_as_it_is_kept_finds_nothing_missing() -> None:
    report, _ = fatesline.check(ARRESTS / "project")

    assert report.findings == ()
    assert report.configuration.chosen


def test_the_generated_project_stands_on_its_own(tmp_path: Path) -> None:
    fatesline.generate(ARRESTS / "fates.yaml", tmp_path)

    sources = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.suffix in (".py", ".toml")]

    assert sources
    assert not [text for text in sources if "import fatesline" in text or "from fatesline" in text]


def test_a_project_is_generated_again_from_its_own_record_with_its_comments(tmp_path: Path) -> None:
    fatesline.generate(ARRESTS / "fates.yaml", tmp_path)
    record = tmp_path / "fates.yaml"
    edited = record.read_text().replace("language: en", "# for our readers in Lyon\nlanguage: fr")
    record.write_text(edited)

    fatesline.generate(record, tmp_path)

    assert record.read_text() == edited
    assert "Ce qui a été choisi" in (tmp_path / "README.md").read_text()
