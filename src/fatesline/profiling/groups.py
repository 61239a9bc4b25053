"""Protected attributes: which columns may hold them, how large their groups are, how the outcome differs."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

from fatesline.catalog.positions import printable
from fatesline.catalog.project_shape import Protected
from fatesline.errors import UserError
from fatesline.profiling import names
from fatesline.profiling.columns import Column
from fatesline.profiling.facts import Fact, FactKind, Standing, merged
from fatesline.profiling.prediction import MOST_VALUES, association, coded
from fatesline.profiling.rates import FEWEST, Language, Rate, difference, proposed_groups, rates, shares, wilson
from fatesline.profiling.reference import Shares
from fatesline.profiling.table import Table
from fatesline.profiling.targets import Target
from fatesline.profiling.words import ground_named

#: Share of rows below which a protected group counts as under-represented.
REPRESENTATION = 0.1
#: Part of a reference share below which a group counts as under-represented: four fifths.
OF_REFERENCE = 0.8
#: Difference of base rates from which groups count as different, if its interval excludes 0 as well.
BASE_RATE_GAP = 0.02
#: Difference of the shares of missing values from which groups count as different, if its interval excludes 0 as well.
MISSING_GAP = 0.05
#: Part of the rows that is held back for testing, for the expected size of a group in the test.
TEST_SHARE = 0.25
#: Cramér's V from which a column stands in for a protected attribute.
PROXY = 0.5
#: Attributes proposed at once: crossing more leaves groups too small to compare.
MOST_ATTRIBUTES = 2


def candidates(columns: Sequence[Column], named: Collection[str]) -> dict[str, str]:
    """Columns that may be protected, and on which ground: by name in several languages, or by values.

    Shares of a group in an area count where no column of that ground has groups: the rows are then areas, not people.
    """
    found: dict[str, str] = {}
    for column in columns:
        levels = frozenset(level for level, _ in column.levels)
        ground = names.protected_attribute(column.name) or names.attribute_of_values(levels)
        grouped = column.use == "categorical" or (ground == "age" and _may_be_ages(column))
        if column.name in named:
            found[column.name] = ground or column.name
        elif ground is not None and grouped and column.distinct > 1:
            found[column.name] = ground
    areas = {}
    for column in columns:
        ground = names.share_of_group(column.name)
        if ground is not None and column.use == "numeric" and ground not in found.values():
            areas[column.name] = ground
    found.update(areas)
    return {column.name: found[column.name] for column in columns if column.name in found}


def _may_be_ages(column: Column) -> bool:
    """True for numbers, in years or standardised; fractions between 0 and 1 are shares of people of an age."""
    if column.use != "numeric" or column.low is None or column.high is None:
        return False
    return column.whole or column.low < 0 or column.high > 1


def candidate_facts(columns: Sequence[Column], found: Mapping[str, str], target: str) -> list[Fact]:
    """Protected columns, and special categories of personal data, by name."""
    facts, named = [], []
    for name, ground in found.items():
        area = int(names.share_of_group(name) is not None)
        more = (("ground", ground), ("area", area))
        facts.append(Fact("protected-column", (name,), 1, more=more, standing="suggested"))
        if ground in names.SPECIAL:
            named.append(_by_name("special-category-data", name, "special_category_data"))
    for column in columns:
        spoken = set(names.words(column.name))
        if spoken & (names.HEALTH | names.OPINION) and column.name not in found and column.use != "dropped":
            named.append(_by_name("special-category-data", column.name, "special_category_data"))
        if spoken & names.CRIME:
            named.append(_by_name("criminal-offence-data", column.name, "criminal_offence_data"))
    if set(names.words(target)) & names.CRIME:
        named.append(_by_name("criminal-offence-data", target, "criminal_offence_data"))
    return [*facts, *merged(named)]


def _by_name(kind: FactKind, column: str, option: str) -> Fact:
    return Fact(kind, (column,), 1, proposes=(option,), standing="suggested")


def chosen(
    table: Table,
    where: str,
    columns: Sequence[Column],
    found: Mapping[str, str],
    named: Sequence[str],
    language: Language = "en",
) -> tuple[Protected, ...]:
    """The attributes to begin with and their groups: those that the user named, or one for each of the first grounds.

    Raises
    ------
    UserError
        If a column that the user named has no groups.
    """
    by_name = {column.name: column for column in columns}
    for name in named:
        if by_name[name].use == "dropped":
            raise UserError(
                f'the protected column "{printable(name)}" has no groups: {by_name[name].distinct} '
                f"{'value' if by_name[name].distinct == 1 else 'different values'} in its rows",
                where=where,
                way_on="Name a column with few values, or a number.",
            )
    picked = tuple(named) or tuple(_first_of_each_ground(found))[:MOST_ATTRIBUTES]
    protected = tuple(
        proposed_groups(
            by_name[name],
            ground_named(found.get(name, name), language),
            is_age=found.get(name) == "age",
            language=language,
        )
        for name in picked
    )
    grounds = [one.attribute for one in protected]
    return tuple(
        one.model_copy(update={"attribute": one.column}) if grounds.count(one.attribute) > 1 else one
        for one in protected
    )


def _first_of_each_ground(found: Mapping[str, str]) -> list[str]:
    """One column for each ground, in the order in which grounds are usually examined."""
    order = list(names.PROTECTED)
    first: dict[str, str] = {}
    for name, ground in found.items():
        first.setdefault(ground, name)
    return [first[ground] for ground in sorted(first, key=lambda ground: order.index(ground))]  # type: ignore[arg-type]


def rates_by_group(table: Table, protected: Sequence[Protected], target: Target) -> dict[str, tuple[Rate, ...]]:
    """How often the outcome is favourable, for each attribute, and for all of them crossed as ``"intersection"``.

    Of a number, the side of the median that is favourable counts; the upper one where that is not known. Empty where no
    label is known to be favourable.
    """
    outcome: str | tuple[str, ...] | float
    if target.task == "numeric":
        number = table.number(target.name)
        outcome = float(table.asked(f"SELECT median({number}) FROM sampled")[0][0])
    elif target.favourable is not None:
        outcome = target.favourable
    else:
        return {}
    low = target.direction == "low"
    found = {one.attribute: rates(table, [one], target.name, outcome, low=low) for one in protected}
    if len(protected) > 1:
        found["intersection"] = rates(table, protected, target.name, outcome, low=low)
    return found


def sizes_of_groups(table: Table, protected: Sequence[Protected]) -> dict[str, tuple[Rate, ...]]:
    """The groups of `rates_by_group` where no outcome is known to be favourable: only their counts mean something."""
    found = {one.attribute: shares(table, [one], "true", []) for one in protected}
    if len(protected) > 1:
        found["intersection"] = shares(table, protected, "true", [])
    return found


def group_facts(
    protected: Sequence[Protected],
    sizes: Mapping[str, Sequence[Rate]],
    rates: Mapping[str, Sequence[Rate]],
    target: Target,
    reference: Shares,
) -> list[Fact]:
    """Sizes of the groups and of their crossings, and how their outcomes differ."""
    facts = []
    for one in protected:
        groups = sizes[one.attribute]
        smallest = min(groups, key=lambda rate: (rate.count, rate.group))
        share = smallest.count / sum(rate.count for rate in groups)
        more = (("group", smallest.group), ("rows", smallest.count))
        facts.append(
            Fact(
                "under-represented-group",
                (one.column,),
                share,
                REPRESENTATION,
                share < REPRESENTATION,
                ("under_represented_group",),
                more,
            )
        )
        if one.column in reference:
            facts += against_reference(one.column, groups, reference[one.column])
        if one.attribute in rates:
            facts.append(base_rates(one.column, rates[one.attribute], target))
    for attribute, groups in sizes.items():
        smallest = min(groups, key=lambda rate: (rate.count, rate.group))
        expected = smallest.count * TEST_SHARE
        columns = tuple(one.column for one in protected if attribute in (one.attribute, "intersection"))
        counted = (("group", smallest.group), ("rows", smallest.count), ("groups", len(groups)))
        facts.append(Fact("small-group", columns, expected, FEWEST, expected < FEWEST, ("small_groups",), counted))
    return facts


def against_reference(column: str, groups: Sequence[Rate], reference: Mapping[str, float]) -> list[Fact]:
    """Shares of the groups beside those of a reference population.

    Parameters
    ----------
    column : str
    groups : sequence of Rate
        Their counts are compared.
    reference : mapping of str to float
        Share of each group in the population; in any unit, their sum is the whole. Groups that it leaves out count on
        neither side.

    Notes
    -----
    A group counts as under-represented if even the upper end of the 95 % interval of its share is below
    ``OF_REFERENCE`` of the reference; if only the share is, the table does not tell.
    """
    counts = {rate.group: rate.count for rate in groups if rate.group in reference}
    total, whole = sum(counts.values()), sum(reference.values())
    facts = []
    for group, amount in reference.items():
        expected = amount / whole
        if not total or not expected:
            continue
        count = counts.get(group, 0)
        ratio = count / total / expected
        holds = wilson(count, total)[1] < OF_REFERENCE * expected
        facts.append(
            Fact(
                "group-share",
                (column,),
                ratio,
                OF_REFERENCE,
                holds,
                ("under_represented_group",),
                (("group", group), ("share", round(count / total, 6)), ("expected", round(expected, 6))),
                "undecided" if not holds and ratio < OF_REFERENCE else "measured",
            )
        )
    return facts


def base_rates(column: str, groups: Sequence[Rate], target: Target) -> Fact:
    """How far the outcomes of two groups are apart, and which one has more; undecided for tiny groups."""
    side = "favourable"
    if target.task == "numeric":
        side = target.direction or "upper"
    known = [rate for rate in groups if rate.count >= FEWEST]
    if len(known) < 2:
        more: tuple[tuple[str, str | int | float], ...] = (("known", len(known)), ("fewest", FEWEST), ("side", side))
        return Fact("base-rates-differ", (column,), 0, BASE_RATE_GAP, False, more=more, standing="undecided")
    gap, low, high, figures = _furthest(known)
    more = (*figures, ("side", side))
    holds = gap >= BASE_RATE_GAP and low > 0
    # A difference that chance may have made, and that chance may have hidden, is not told.
    standing: Standing = "undecided" if not holds and high >= 2 * BASE_RATE_GAP and low <= 0 else "measured"
    return Fact("base-rates-differ", (column,), gap, BASE_RATE_GAP, holds, ("base_rates_differ",), more, standing)


def _furthest(groups: Sequence[Rate]) -> tuple[float, float, float, tuple[tuple[str, str | float], ...]]:
    """The difference of the two groups furthest apart, its interval, and the figures for a sentence.

    Notes
    -----
    Of several groups the furthest are picked, so the interval covers all pairs at once (Bonferroni): 95 % for two
    groups, wider for more.
    """
    most = max(groups, key=lambda rate: rate.value)
    least = min(groups, key=lambda rate: rate.value)
    gap, low, high = difference(most, least, pairs=math.comb(len(groups), 2))
    figures = (
        ("most", most.group),
        ("least", least.group),
        ("most_rate", round(most.value, 6)),
        ("least_rate", round(least.value, 6)),
        ("low", round(low, 6)),
        ("high", round(high, 6)),
    )
    return gap, low, high, figures


def missing_by_group(table: Table, columns: Sequence[Column], protected: Iterable[Protected]) -> list[Fact]:
    """Columns with more gaps in one group than in another."""
    facts = []
    for one in protected:
        for column in columns:
            if column.use == "dropped" or not column.missing or column.name == one.column:
                continue
            groups = shares(table, [one], f"{table.key(column.name)} IS NULL", [])
            known = [rate for rate in groups if rate.count >= FEWEST]
            if len(known) < 2:
                continue
            gap, low, _, more = _furthest(known)
            if gap >= MISSING_GAP and low > 0:
                columns_of_fact = (column.name, one.column)
                facts.append(
                    Fact("missing-by-group", columns_of_fact, gap, MISSING_GAP, True, ("missing_values",), more)
                )
    return merged(facts, apart=1)


def proxies(table: Table, columns: Sequence[Column], protected: Sequence[Protected]) -> list[Fact]:
    """Columns that tell of a protected attribute.

    Columns that identify people are looked at too, though no model gets them: a first name tells of sex and origin.
    """
    by_name = {column.name: column for column in columns}
    attributes = [one.column for one in protected]
    looked_at = [
        column.name
        for column in columns
        if column.name not in attributes
        and (column.use != "dropped" or (column.reason == "personal" and column.distinct <= MOST_VALUES))
    ]
    known = coded(table, {name: by_name[name].looks_numeric for name in (*looked_at, *attributes)})
    facts = []
    for attribute in attributes:
        if attribute not in known:
            continue
        strengths = association(table, [name for name in looked_at if name in known], attribute)
        for name, strength in strengths.items():
            if strength is not None and strength >= PROXY:
                proposes = ("proxy_columns",) if by_name[name].use != "dropped" else ()
                facts.append(Fact("proxy-column", (name, attribute), strength, PROXY, True, proposes))
    return facts
