"""What the tests share: the component under test, and rows that look like the data but are nobody's."""

from __future__ import annotations

import importlib

import numpy as np
import pandas as pd
import pytest

from release_decisions import settings


@pytest.fixture(scope="module")
def component(request):
    """The component whose test file this is: ``test_<name>.py`` tests ``components/<name>.py``."""
    name = request.path.stem.removeprefix("test_")
    return importlib.import_module(f"release_decisions.components.{name}")


@pytest.fixture
def made_up_table() -> pd.DataFrame:
    """400 invented rows with the columns, levels and ranges of the data, of shape (400, n_columns)."""
    random = np.random.default_rng(settings.SEED)
    rows = 400
    table = pd.DataFrame(index=range(rows))
    for column in settings.COLUMNS:
        if column == settings.TARGET:
            table[column] = random.choice(["Yes", "not Yes"], rows)
        elif column == settings.PERSON:
            table[column] = [f"person {row}" for row in range(rows)]
        elif column in settings.RANGES:
            low, high = settings.RANGES[column]
            table[column] = random.uniform(low, high, rows)
        else:
            table[column] = random.choice(settings.LEVELS[column], rows)
    return table
