"""Columns that know the outcome, or too much of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from fatesline.profiling import names
from fatesline.profiling.columns import Column
from fatesline.profiling.facts import Fact, merged
from fatesline.profiling.prediction import Telling, alone, alone_of_classes, alone_of_number, coded
from fatesline.profiling.table import Table
from fatesline.profiling.targets import Target

#: A column that ranks the outcomes so well alone is taken for a leak; the best honest ones of known tables reach 0.78.
LEAK = 0.85
#: From here on somebody should look at the column.
STRONG = 0.8
#: The same for a number: part of its variance that one column explains alone. An earlier measurement of the same thing
#: explains a lot and may well be known in time, so little is taken for a leak.
LEAK_OF_NUMBER = 0.95
STRONG_OF_NUMBER = 0.6
#: Difference of outcome rates between rows that have a value and rows that have none, from which the column seems to
#: have been filled after the outcome.
PRESENCE = 0.5
#: The same for a number, in standard deviations of it; never taken for a leak: nothing happens at a number after which
#: a cell is filled, while who reports and who does not may well differ.
PRESENCE_OF_NUMBER = 1.0
#: A single value after which the rarer outcome is this certain (lower end of the interval) ...
CERTAIN = 0.75
#: ... though it is rarer than this overall: the value was perhaps written down together with the outcome.
RARE_OUTCOME = 0.25
#: Values of a column up to which single values are looked at: of many, one stands out by chance.
MOST_SINGLE_VALUES = 20


def without_leaks(
    table: Table, columns: Sequence[Column], target: Target, named: Collection[str]
) -> tuple[list[Column], list[Fact]]:
    """The columns, those that know the outcome dropped, and what speaks against each.

    Parameters
    ----------
    table : Table
    columns : sequence of Column
    target : Target
    named : collection of str
        Protected columns that the user named; they stay.
    """
    kept, facts = [], []
    none = ("personal", "identifier", "constant", "empty", "split")
    asked = {column.name for column in columns if column.name not in named and column.reason not in none}
    told = _told(table, [column for column in columns if column.name in asked], target)
    for column in columns:
        if column.name not in asked:
            kept.append(column)
            continue
        found = _judged(column, target, told.get(column.name))
        facts += found
        leaks = any(fact.kind == "leaks-target" for fact in found)
        kept.append(replace(column, use="dropped", reason="leak", levels=()) if leaks else column)
    by_presence = [fact for fact in facts if ("measure", "presence-of-number") in fact.more]
    return kept, [*(fact for fact in facts if fact not in by_presence), *merged(by_presence)]


def _told(table: Table, columns: Sequence[Column], target: Target) -> Mapping[str, Telling | None]:
    names = coded(table, {column.name: column.looks_numeric for column in columns})
    if target.task == "numeric":
        return alone_of_number(table, names, target.name)
    labels = [label for label, _ in target.labels]
    if len(labels) == 2:
        return alone(table, names, target.name, (*target.favourable_labels, labels[-1])[0])
    return alone_of_classes(table, names, target.name, labels) if labels else {}


def _judged(column: Column, target: Target, told: Telling | None) -> list[Fact]:
    name, number = column.name, target.task == "numeric"
    if names.names_prediction(name):
        figure = told.area if told is not None else 0.0
        return [Fact("leaks-target", (name,), figure, more=(("measure", "prediction"),), standing="suggested")]
    if told is None:
        return []
    leak, strong = (LEAK_OF_NUMBER, STRONG_OF_NUMBER) if number else (LEAK, STRONG)
    shared = names.UNWELCOME.intersection(names.words(target.name), names.words(name))
    measure, figure, threshold = "", 0.0, 0.0
    if told.area >= leak:
        measure, figure, threshold = "explained" if number else "area", told.area, leak
    elif told.presence >= PRESENCE and not number:
        measure, figure, threshold = "presence", told.presence, PRESENCE
    elif shared and target.task == "binary":
        measure, figure, threshold = "name", told.area, 0.5
    if measure:
        more = (("measure", measure),)
        return [Fact("leaks-target", (name,), figure, threshold, more=more, standing="suggested")]
    if told.area >= strong:
        more = (("measure", "explained" if number else "area"),)
        return [Fact("single-strong-column", (name,), told.area, strong, more=more, standing="suggested")]
    if number and told.presence >= PRESENCE_OF_NUMBER:
        more = (("measure", "presence-of-number"),)
        return [
            Fact("single-strong-column", (name,), told.presence, PRESENCE_OF_NUMBER, more=more, standing="suggested")
        ]
    few = column.use == "categorical" and column.distinct <= MOST_SINGLE_VALUES
    if few and told.rare <= RARE_OUTCOME and told.surest >= CERTAIN:
        rate = (("rate", round(told.rare, 6)),)
        return [Fact("single-strong-value", (name,), told.surest, CERTAIN, more=rate, standing="suggested")]
    return []
