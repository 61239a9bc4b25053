"""The built-in catalog, and a real table that ships inside a package: who was released after an arrest."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from fatesline.catalog import Catalog, load
from fatesline.catalog.project import Data

# Makes `projects` beside the tests importable.
sys.path.insert(0, str(Path(__file__).parent))

from projects import settled  # needs the line above


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load(packages=False)


@pytest.fixture(scope="session")
def arrests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """5,226 rows as a CSV file."""
    from sklego.datasets import load_arrests

    path = tmp_path_factory.mktemp("data") / "arrests.csv"
    load_arrests(as_frame=True).to_csv(path, index=False)
    return path


@pytest.fixture(scope="session")
def arrests_data(arrests: Path) -> Data:
    """What is settled about that table."""
    return settled(arrests)
