"""The built-in catalog, and a real table that ships inside a package: who was released after an arrest."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from fatesline.catalog import Catalog, load
from fatesline.catalog.project import Data, GroupOf, Protected

# Makes `projects` beside the tests importable.
sys.path.insert(0, str(Path(__file__).parent))


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

    def two(attribute: str, *values: str) -> Protected:
        return Protected(
            attribute=attribute, column=attribute, groups={name: GroupOf(values=(name,)) for name in values}
        )

    return Data(
        file=arrests.name,
        sha256=hashlib.sha256(arrests.read_bytes()).hexdigest(),
        rows=5226,
        target="released",
        favourable="Yes",
        numeric=("year", "age", "checks"),
        categorical=("employed", "citizen", "colour", "sex"),
        levels={
            "employed": ("No", "Yes"),
            "citizen": ("No", "Yes"),
            "colour": ("Black", "White"),
            "sex": ("Female", "Male"),
        },
        ranges={"year": (1997, 2002), "age": (12, 66), "checks": (0, 6)},
        protected=(two("colour", "Black", "White"),),
        quasi_identifiers=("age", "sex"),
    )
