"""The built-in catalog and its reasoner, read once; the projects beside the tests importable."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from fatesline.catalog import Catalog, load
from fatesline.reasoning.reasoner import Reasoner

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The built-in catalog, without installed packages."""
    return load(packages=False)


@pytest.fixture(scope="session")
def reasoner(catalog: Catalog) -> Reasoner:
    """The reasoner of the built-in catalog."""
    return Reasoner(catalog.model)
