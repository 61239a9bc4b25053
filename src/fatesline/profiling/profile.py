"""A table and its target -> everything measured about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fatesline.catalog.positions import printable
from fatesline.catalog.project_shape import Protected
from fatesline.errors import UserError, did_you_mean
from fatesline.profiling import names
from fatesline.profiling.columns import Column, Markers, clean, measured, missing_markers
from fatesline.profiling.facts import Fact, FactKind
from fatesline.profiling.prediction import Telling, alone, association
from fatesline.profiling.rates import FEWEST, Rate, difference, proposed_groups, rates
from fatesline.profiling.table import Table, opened

#: A target with more values has no labels to choose from.
MOST_LABELS = 20
#: Share of the rarer label below which the classes count as imbalanced.
IMBALANCE = 0.2
#: Share of rows below which a protected group counts as under-represented.
REPRESENTATION = 0.1
#: Difference of base rates from which groups count as different, if its interval excludes 0 as well.
BASE_RATE_GAP = 0.02
#: Part of the rows that is held back for testing, for the expected size of a group in the test.
TEST_SHARE = 0.25
#: A column that ranks the outcomes so well alone is taken for a leak; the best honest ones of known tables reach 0.78.
LEAK = 0.85
#: From here on somebody should look at the column.
STRONG = 0.8
#: Difference of outcome rates between rows that have a value and rows that have none, from which the column seems
#: to have been filled after the outcome.
PRESENCE = 0.5
#: Cramér's V from which a column stands in for a protected attribute.
PROXY = 0.5
#: Rows that share their quasi-identifiers with fewer than this many rows can be singled out.
SMALLEST_CLASS = 5
#: Share of values beyond three interquartile ranges from the quartiles.
OUTLYING = 0.01
#: Attributes proposed at once: crossing more leaves groups too small to compare.
MOST_ATTRIBUTES = 2
#: Quasi-identifiers proposed at once.
MOST_QUASI_IDENTIFIERS = 6


@dataclass(frozen=True, slots=True)
class Profile:
    """What was measured on one table; no row and no value that looks personal.

    Parameters
    ----------
    file, sha256, delimiter, encoding : str
    rows : int
    target : str
    labels : tuple of (str, int)
        Values of the target and how often they occur; empty where there are more than ``MOST_LABELS``.
    favourable : str or None
        The favourable label, given or proposed; None where nothing speaks for either.
    favourable_given : bool
        True if the user named it.
    columns : tuple of Column
        All but the target, in the order of the file; those that leak are dropped.
    missing : tuple of str
        Texts that stand for a missing value.
    protected : tuple of Protected
        Proposed attributes and groups, at most ``MOST_ATTRIBUTES`` unless the user named more.
    candidates : mapping of str to str
        Columns that may be protected, and on which ground, those of ``protected`` among them.
    rates : mapping of str to tuple of Rate
        Rate of the favourable label by group, for each attribute; ``"intersection"`` for several crossed.
    person : str or None
        The column that names a person who may occur several times.
    quasi_identifiers : tuple of str
    facts : tuple of Fact
    """

    file: str
    sha256: str
    delimiter: str
    encoding: str
    rows: int
    target: str
    labels: tuple[tuple[str, int], ...]
    favourable: str | None
    favourable_given: bool
    columns: tuple[Column, ...]
    missing: tuple[str, ...]
    protected: tuple[Protected, ...]
    candidates: Mapping[str, str]
    rates: Mapping[str, tuple[Rate, ...]]
    person: str | None
    quasi_identifiers: tuple[str, ...]
    facts: tuple[Fact, ...]

    def column(self, name: str) -> Column:
        """The column with the given name; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def target_candidates(path: Path) -> tuple[str, ...]:
    """Columns with two values that may be the target, the likeliest first.

    Parameters
    ----------
    path : Path
        A CSV file; `profiling.table.opened` says which.

    Raises
    ------
    UserError
        As `profile`.
    """
    with opened(path) as table:
        clean(table, missing_markers(table))
        return _target_candidates(table)


def profile(
    path: Path, target: str | None = None, favourable: str | None = None, protected: Sequence[str] = ()
) -> Profile:
    """Measure a table.

    Parameters
    ----------
    path : Path
        A CSV file; `profiling.table.opened` says which.
    target : str, optional
        Column to be predicted.
    favourable : str, optional
        The label that is good for the person, as it stands in the file; proposed when left out.
    protected : sequence of str, optional
        Columns of protected attributes; proposed when left out.

    Raises
    ------
    UserError
        If the file is no table, no target is named, a named column or label does not exist, or the target has one
        value only.
    """
    with opened(path) as table:
        where = str(path)
        if target is None:
            candidates = _target_candidates(table)
            listed = ", ".join(f'"{printable(name)}"' for name in candidates[:5])
            way_on = f"Columns with two values: {listed}." if listed else "No column has exactly two values."
            raise UserError("no target is named", where=where, way_on=way_on)
        for name in (target, *protected):
            if name not in table.names:
                hint = _nearest(name, table.names) or f"Its columns: {_listed(table.names)}."
                raise UserError(f'there is no column "{printable(name)}"', where=where, way_on=hint)
        if target in protected:
            raise UserError(f'"{printable(target)}" is the target; it cannot be protected as well', where=where)
        markers = missing_markers(table)
        clean(table, markers)
        return _Measuring(table, where, target, favourable, tuple(dict.fromkeys(protected)), markers).profile()


def _nearest(name: str, known: Sequence[str]) -> str:
    """As `did_you_mean`, with names that may hold anything."""
    return did_you_mean(printable(name), map(printable, known))


def _listed(columns: Sequence[str]) -> str:
    shown = ", ".join(printable(name, 40) for name in columns[:20])
    return f"{shown}, …" if len(columns) > 20 else shown


def _target_candidates(table: Table) -> tuple[str, ...]:
    scores = []
    for number, name in enumerate(table.names):
        distinct = table.asked(f"SELECT count(DISTINCT {table.sql(name)}) FROM cells")[0][0]
        if distinct == 2:
            named = bool(names.TARGET.union(names.UNWELCOME).intersection(names.words(name)))
            at_end = number == len(table.names) - 1
            scores.append((-2 * named - at_end, -number, name))
    return tuple(name for _, _, name in sorted(scores))


def favourable_label(target: str, labels: Sequence[str]) -> str | None:
    """Which of two labels is good news, by the words of label and target; None where neither tells.

    Notes
    -----
    A "yes" to ``recidivism`` or ``denied`` is bad news. Codes 1 and 2 follow the German credit data: 1 is good.
    """
    if len(labels) != 2:
        return None
    spelt = {label: label.strip().lower().rstrip(".") for label in labels}
    good = [label for label in labels if spelt[label] in names.GOOD_LABELS]
    bad = [label for label in labels if spelt[label] in names.BAD_LABELS]
    above = [label for label in labels if spelt[label].startswith(">")]
    found = good if len(good) == 1 else [label for label in labels if label not in bad] if len(bad) == 1 else above
    if len(found) != 1:
        return None
    if names.UNWELCOME.intersection(names.words(target)):
        return next(label for label in labels if label != found[0])
    return found[0]


class _Measuring:
    """One table under measurement; collects facts on the way."""

    def __init__(
        self,
        table: Table,
        where: str,
        target: str,
        favourable: str | None,
        protected: tuple[str, ...],
        markers: Markers,
    ) -> None:
        self.table = table
        self.where = where
        self.target = target
        self.given = favourable
        self.named = protected
        self.markers = markers
        self.facts: list[Fact] = list(markers.facts)

    def profile(self) -> Profile:
        labels = self._labels()
        favourable = self._favourable([label for label, _ in labels])
        columns = self._columns()
        if favourable is not None and len(labels) == 2:
            columns = self._without_leaks(columns, favourable)
        candidates = self._candidates(columns)
        chosen = self.named or tuple(_first_of_each_ground(candidates))[:MOST_ATTRIBUTES]
        by_name = {column.name: column for column in columns}
        self._refuse_dropped(by_name)
        protected = tuple(
            proposed_groups(by_name[name], candidates.get(name, name), is_age=candidates.get(name) == "age")
            for name in chosen
        )
        protected = _distinctly_named(protected)
        found: dict[str, tuple[Rate, ...]] = {}
        if favourable is not None and len(labels) == 2:
            found = self._rates(protected, favourable)
        person = self._person(columns)
        columns = [column for column in columns if column.name != person]
        quasi = self._quasi_identifiers(columns, chosen)
        self._whole_table(columns)
        self._proxies(columns, protected)
        return Profile(
            self.table.file,
            self.table.sha256,
            self.table.delimiter,
            self.table.encoding,
            self.table.rows,
            self.target,
            labels,
            favourable,
            self.given is not None,
            tuple(columns),
            self.markers.texts,
            protected,
            candidates,
            found,
            person,
            quasi,
            tuple(self.facts),
        )

    def _labels(self) -> tuple[tuple[str, int], ...]:
        at = self.table.sql(self.target)
        distinct, known = self.table.asked(f"SELECT count(DISTINCT {at}), count({at}) FROM cells")[0]
        name = printable(self.target)
        if distinct < 2:
            many = "one value" if distinct else "no value"
            raise UserError(
                f'the target "{name}" has {many} only; there is nothing to learn',
                where=self.where,
                way_on="Name another target, or a table with both outcomes.",
            )
        if known < self.table.rows:
            gap = self.table.rows - known
            self.facts.append(Fact("missing-in-target", (self.target,), gap / self.table.rows, more=(("rows", gap),)))
        if distinct > MOST_LABELS or names.is_personal(self.target):
            # No label but perhaps a value of its own for every person.
            return ()
        rows = self.table.asked(
            f"SELECT {at}, count(*) FROM cells WHERE {at} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        if distinct == 2:
            share = rows[-1][1] / known
            self.facts.append(
                Fact("class-imbalance", (self.target,), share, IMBALANCE, share < IMBALANCE, ("imbalanced_classes",))
            )
        return tuple(rows)

    def _favourable(self, labels: list[str]) -> str | None:
        if self.given is not None:
            if self.given not in labels:
                hint = _nearest(self.given, labels) or (f"Its labels: {_listed(labels)}." if labels else "")
                raise UserError(
                    f'the target "{printable(self.target)}" has no label "{printable(self.given)}"',
                    where=self.where,
                    way_on=hint,
                )
            return self.given
        label = favourable_label(self.target, labels)
        if label is not None:
            self.facts.append(Fact("favourable-label", (self.target,), 1, more=(("label", printable(label)),)))
        return label

    def _columns(self) -> list[Column]:
        columns = []
        for name in self.table.names:
            if name != self.target:
                kept = name in self.named or names.protected_attribute(name) not in (None, "age")
                column, fact = measured(self.table, name, keep_levels=kept)
                columns.append(column)
                self.facts += [fact] if fact is not None else []
        return columns

    def _without_leaks(self, columns: list[Column], favourable: str) -> list[Column]:
        kept = []
        for column in columns:
            told = None
            if column.reason not in ("personal", "identifier", "constant", "empty"):
                told = alone(self.table, column.name, self.target, favourable, numeric=column.looks_numeric)
            kept.append(self._judged(column, told))
        return kept

    def _judged(self, column: Column, told: Telling | None) -> Column:
        if told is None or column.name in self.named:
            return column
        shared = names.UNWELCOME.intersection(names.words(self.target), names.words(column.name))
        measure, figure, threshold = "", 0.0, 0.0
        if told.area >= LEAK:
            measure, figure, threshold = "area", told.area, LEAK
        elif told.presence >= PRESENCE:
            measure, figure, threshold = "presence", told.presence, PRESENCE
        elif shared:
            measure, figure, threshold = "name", told.area, 0.5
        if measure:
            self.facts.append(Fact("leaks-target", (column.name,), figure, threshold, more=(("measure", measure),)))
            return Column(column.name, "dropped", "leak", column.missing, column.distinct, column.looks_numeric)
        if told.area >= STRONG:
            self.facts.append(Fact("single-strong-column", (column.name,), told.area, STRONG))
        return column

    def _candidates(self, columns: Sequence[Column]) -> dict[str, str]:
        found: dict[str, str] = {}
        for column in columns:
            levels = frozenset(level for level, _ in column.levels)
            ground = names.protected_attribute(column.name) or names.attribute_of_values(levels)
            grouped = column.use == "categorical" or (column.use == "numeric" and ground == "age")
            if column.name in self.named:
                found[column.name] = ground or column.name
            elif ground is not None and grouped and column.distinct > 1:
                found[column.name] = ground
        for name, named_ground in found.items():
            self.facts.append(Fact("protected-column", (name,), 1, more=(("ground", named_ground),)))
            if named_ground in names.SPECIAL:
                self._notes("special-category-data", name, "special_category_data")
        for column in columns:
            spoken = set(names.words(column.name))
            if spoken & (names.HEALTH | names.OPINION) and column.name not in found and column.use != "dropped":
                self._notes("special-category-data", column.name, "special_category_data")
            if spoken & names.CRIME:
                self._notes("criminal-offence-data", column.name, "criminal_offence_data")
        if set(names.words(self.target)) & names.CRIME:
            self._notes("criminal-offence-data", self.target, "criminal_offence_data")
        return found

    def _notes(self, kind: FactKind, column: str, option: str) -> None:
        self.facts.append(Fact(kind, (column,), 1, proposes=(option,)))

    def _refuse_dropped(self, by_name: Mapping[str, Column]) -> None:
        for name in self.named:
            if by_name[name].use == "dropped":
                raise UserError(
                    f'the protected column "{printable(name)}" has no groups: {by_name[name].distinct} values in '
                    f"{self.table.rows} rows",
                    where=self.where,
                    way_on="Name a column with few values, or a number.",
                )

    def _rates(self, protected: Sequence[Protected], favourable: str) -> dict[str, tuple[Rate, ...]]:
        found = {one.attribute: rates(self.table, [one], self.target, favourable) for one in protected}
        if len(protected) > 1:
            found["intersection"] = rates(self.table, protected, self.target, favourable)
        for one in protected:
            groups = found[one.attribute]
            smallest = min(groups, key=lambda rate: (rate.count, rate.group))
            share = smallest.count / sum(rate.count for rate in groups)
            self.facts.append(
                Fact(
                    "under-represented-group",
                    (one.column,),
                    share,
                    REPRESENTATION,
                    share < REPRESENTATION,
                    ("under_represented_group",),
                    (("group", smallest.group), ("rows", smallest.count)),
                )
            )
            self._base_rates(one.column, groups)
        for attribute, groups in found.items():
            smallest = min(groups, key=lambda rate: (rate.count, rate.group))
            expected = smallest.count * TEST_SHARE
            columns = tuple(one.column for one in protected if attribute in (one.attribute, "intersection"))
            self.facts.append(
                Fact(
                    "small-group",
                    columns,
                    expected,
                    FEWEST,
                    expected < FEWEST,
                    ("small_groups",),
                    (("group", smallest.group), ("rows", smallest.count)),
                )
            )
        return found

    def _base_rates(self, column: str, groups: Sequence[Rate]) -> None:
        known = [rate for rate in groups if rate.count >= FEWEST]
        if len(known) < 2:
            return
        most = max(known, key=lambda rate: rate.value)
        least = min(known, key=lambda rate: rate.value)
        gap, low, high = difference(most, least)
        more = (
            ("most", most.group),
            ("least", least.group),
            ("most_rate", round(most.value, 6)),
            ("least_rate", round(least.value, 6)),
            ("low", round(low, 6)),
            ("high", round(high, 6)),
        )
        holds = gap >= BASE_RATE_GAP and low > 0
        self.facts.append(Fact("base-rates-differ", (column,), gap, BASE_RATE_GAP, holds, ("base_rates_differ",), more))

    def _person(self, columns: Sequence[Column]) -> str | None:
        for column in columns:
            known = self.table.rows - column.missing
            if names.names_person(column.name) and 1 < column.distinct < known and column.distinct * 2 >= known / 50:
                self.facts.append(
                    Fact("repeated-persons", (column.name,), known - column.distinct, 0, more=(("rows", known),))
                )
                return column.name
        return None

    def _quasi_identifiers(self, columns: Sequence[Column], protected: Sequence[str]) -> tuple[str, ...]:
        found = [column.name for column in columns if column.name in protected and column.use != "dropped"]
        for column in columns:
            words = set(names.words(column.name))
            ground = names.protected_attribute(column.name)
            known_outside = bool(words & names.QUASI_IDENTIFIERS) or ground in ("sex", "age", "origin", "nationality")
            if known_outside and column.use != "dropped" and column.name not in found:
                found.append(column.name)
        quasi = tuple(found[:MOST_QUASI_IDENTIFIERS])
        if quasi:
            grouped = ", ".join(self.table.sql(name) for name in quasi)
            smallest, rare = self.table.asked(
                f"SELECT min(n), sum(n) FILTER (n < $1) FROM (SELECT count(*) AS n FROM cells GROUP BY {grouped})",
                SMALLEST_CLASS,
            )[0]
            share = (rare or 0) / self.table.rows
            self.facts.append(
                Fact(
                    "singled-out-records",
                    quasi,
                    smallest,
                    SMALLEST_CLASS,
                    smallest < SMALLEST_CLASS,
                    ("singled_out_records",),
                    (("share", round(share, 6)),),
                )
            )
        return quasi

    def _whole_table(self, columns: Sequence[Column]) -> None:
        rows = self.table.rows
        distinct = self.table.asked("SELECT count(*) FROM (SELECT DISTINCT * FROM cells)")[0][0]
        if distinct < rows:
            self.facts.append(Fact("duplicate-rows", (), rows - distinct, 0, more=(("rows", rows),)))
        kept = [column for column in columns if column.use != "dropped"]
        gaps = [column for column in kept if column.missing]
        if gaps:
            cells = sum(column.missing for column in gaps)
            self.facts.append(
                Fact(
                    "missing-values",
                    tuple(column.name for column in gaps),
                    cells / (rows * len(kept)),
                    0,
                    True,
                    ("missing_values",),
                    (("cells", cells),),
                )
            )
        far = {column.name: share for column in kept if (share := self._outlying(column)) >= OUTLYING}
        if far:
            worst = max(far.values())
            self.facts.append(Fact("outlying-values", tuple(far), worst, OUTLYING, True, ("outlying_values",)))

    def _outlying(self, column: Column) -> float:
        """Share of values beyond three interquartile ranges; 0 where half the values are equal."""
        if column.use != "numeric":
            return 0.0
        number = f"try_cast(trim({self.table.sql(column.name)}) AS DOUBLE)"
        first, third = self.table.asked(
            f"SELECT quantile_disc({number}, 0.25), quantile_disc({number}, 0.75) FROM cells WHERE {number} IS NOT NULL"
        )[0]
        reach = 3 * (third - first)
        if not reach:
            return 0.0
        beyond = self.table.asked(
            f"SELECT count(*) FROM cells WHERE {number} < $1 OR {number} > $2", first - reach, third + reach
        )[0][0]
        return float(beyond / self.table.rows)

    def _proxies(self, columns: Sequence[Column], protected: Sequence[Protected]) -> None:
        by_name = {column.name: column for column in columns}
        for one in protected:
            for column in columns:
                if column.use == "dropped" or column.name in {other.column for other in protected}:
                    continue
                strength = association(
                    self.table,
                    column.name,
                    one.column,
                    numeric=column.use == "numeric",
                    other_numeric=by_name[one.column].use == "numeric",
                )
                if strength is not None and strength >= PROXY:
                    self.facts.append(
                        Fact(
                            "proxy-column",
                            (column.name, one.column),
                            strength,
                            PROXY,
                            True,
                            ("proxy_columns",),
                        )
                    )


def _first_of_each_ground(candidates: Mapping[str, str]) -> list[str]:
    """One column for each ground, in the order in which grounds are usually examined."""
    order = list(names.PROTECTED)
    first: dict[str, str] = {}
    for name, ground in candidates.items():
        first.setdefault(ground, name)
    return [first[ground] for ground in sorted(first, key=lambda ground: order.index(ground))]  # type: ignore[arg-type]


def _distinctly_named(protected: tuple[Protected, ...]) -> tuple[Protected, ...]:
    """Attributes named after their columns where two would have the same name."""
    grounds = [one.attribute for one in protected]
    return tuple(
        one.model_copy(update={"attribute": one.column}) if grounds.count(one.attribute) > 1 else one
        for one in protected
    )
