"""The five real tables of the benchmark, prepared as their reference measurements were, and what is answered of each.

Nothing of the tables is in this repository; they are read from a folder given on the command line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd


@dataclass(frozen=True)
class Table:
    """One table.

    Parameters
    ----------
    file : str
        In the folder of the data.
    target, favourable : str
    protected : dict
        The `protected` entry of fates.yaml.
    prepare : callable
        What the reference measurements did to the rows before splitting them.
    dropped : tuple of str
        Columns that the references left out.
    kept : tuple of str
        Columns that the references had and that profiling would leave out.
    """

    file: str
    target: str
    favourable: str
    protected: dict[str, object]
    prepare: Callable[[pd.DataFrame], pd.DataFrame] = lambda table: table
    dropped: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def _propublica(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that ProPublica kept, of the two groups that it compared, with the columns known at the time."""
    days = pd.to_numeric(table["days_b_screening_arrest"])
    kept = days.between(-30, 30) & (table["is_recid"] != "-1") & (table["c_charge_degree"] != "O")
    kept &= table["race"].isin(["African-American", "Caucasian"])
    columns = ["sex", "age", "age_cat", "race", "juv_fel_count", "juv_misd_count", "juv_other_count", "priors_count"]
    return table.loc[kept, [*columns, "c_charge_degree", "two_year_recid"]]


def _two(attribute: str, column: str, favoured: dict[str, object], others: str, name: str) -> dict[str, object]:
    return {"attribute": attribute, "column": column, "groups": {name: favoured}, "other": others}


TABLES = {
    "adult": Table(
        "adult.csv.gz",
        "income",
        ">50K",
        _two("sex", "sex", {"values": ["Male"]}, "Female", "Male"),
    ),
    "compas": Table(
        "compas_two_years_nopii.csv.gz",
        "two_year_recid",
        "0",
        _two("race", "race", {"values": ["Caucasian"]}, "African-American", "Caucasian"),
        prepare=_propublica,
    ),
    "german": Table(
        "german_credit.csv",
        "credit_risk",
        "1",
        _two("sex", "personal_status_sex", {"values": ["A91", "A93", "A94"]}, "female", "male"),
    ),
    "bank": Table(
        "bank_marketing.csv.gz",
        "y",
        "yes",
        _two("age", "age", {"from": 25, "below": 60}, "other ages", "25 to 59"),
    ),
    "law": Table(
        "law_school.csv.gz",
        "pass_bar",
        "1.0",
        _two("race", "race", {"values": ["White"]}, "Non-White", "White"),
    ),
}


def read(table: Table, folder: Path) -> pd.DataFrame:
    """The prepared rows, every value as text."""
    found = pd.read_csv(folder / table.file, dtype=str, keep_default_na=False)
    return table.prepare(found.loc[:, ~found.columns.duplicated()])
