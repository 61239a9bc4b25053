"""What we write is UVL to the parser of its makers, which runs as a program of its own."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from random_models import models, real_model

from fatesline.exchange import read, write
from fatesline.model.features import FeatureModel

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def other_tools() -> ModuleType:
    spec = importlib.util.spec_from_file_location("other_tools", ROOT / "benchmarks" / "exchange" / "other_tools.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["other_tools"] = module
    spec.loader.exec_module(module)
    if not module.PYTHON.exists():
        pytest.skip("uvlparser is not installed: python benchmarks/exchange/other_tools.py")
    return module


def said(other_tools: ModuleType, folder: Path, texts: list[str]) -> list[str]:
    """What the official parser says of each text."""
    paths = []
    for at, text in enumerate(texts):
        paths.append(folder / f"{at}.uvl")
        paths[-1].write_text(text, encoding="utf-8")
    return [line.split(" ", 1)[1] for line in other_tools.lines_of(other_tools.WITH_UVLPARSER, paths, 300)]


def test_the_official_parser_tells_good_from_bad(other_tools: ModuleType, tmp_path: Path) -> None:
    good, bad = said(other_tools, tmp_path, ["features\n\tA\n\t\tor\n\t\t\tB\n", "features\n\tA\n\t\tB\n"])

    assert good == "ok"
    assert bad != "ok"


def test_the_official_parser_accepts_random_models(other_tools: ModuleType, tmp_path: Path) -> None:
    texts: list[str] = []

    @settings(max_examples=150, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(models())
    def gather(model: FeatureModel) -> None:
        texts.append(write(model, ".uvl"))

    gather()

    answers = said(other_tools, tmp_path, texts)

    assert len(answers) == len(texts)
    assert [(answer, text) for answer, text in zip(answers, texts, strict=True) if answer != "ok"] == []


def test_the_official_parser_accepts_kept_constraints(other_tools: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "kept.uvl"
    path.write_text(
        "features\n\tA {p -1}\n\t\toptional\n\t\t\tInteger B\n\t\t\tString 'C'\n".replace("'", '"')
        + "constraints\n\t-B + 3 * (A.p - B) >= -2 & !(len(C) == 4) | C == 'x'\n\tsum(B) < 3 => B / 2 != 1.5\n",
        encoding="utf-8",
    )
    imported = read(path)

    answers = said(other_tools, tmp_path, [write(imported.model, ".uvl", kept=imported.kept)])

    assert len(imported.kept) == 2
    assert answers == ["ok"]


@pytest.mark.parametrize("name", ["jhipster.uvl", "uclibc.uvl", "gpl.xml", "manila.xml"])
def test_the_official_parser_accepts_real_models(other_tools: ModuleType, tmp_path: Path, name: str) -> None:
    assert said(other_tools, tmp_path, [write(read(real_model(name)).model, ".uvl")]) == ["ok"]
