"""Whom the groups of a table are compared with: shares that a file states, or another table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from fatesline.catalog.positions import Positioned, printable, read_yaml
from fatesline.catalog.project_shape import Protected
from fatesline.errors import UserError, UserErrors, did_you_mean
from fatesline.profiling.rates import shares
from fatesline.profiling.sources import Source, opened
from fatesline.profiling.table import Table

#: Share of each group, by attribute or protected column; in any unit, their sum is the whole.
Shares = Mapping[str, Mapping[str, float]]

_LISTED = (".yaml", ".yml", ".json")
#: Columns of a CSV file that states shares; the first may also be called "column".
_STATED = ("attribute", "group", "share")


def reference_shares(reference: Source | Shares, protected: Sequence[Protected]) -> Shares:
    """Shares of the protected groups in the population concerned, by protected column.

    Parameters
    ----------
    reference : mapping, path, str or frame
        Shares by attribute and group; a YAML or JSON file that states them; a CSV file that states them in the columns
        attribute, group and share; or another table with the protected columns, whose rows are counted.
    protected : sequence of Protected
        The groups that shares are wanted of.

    Raises
    ------
    UserError
        If an attribute is not among the protected ones, a share is no positive number, or no group is known.
    """
    if isinstance(reference, Mapping):
        return _matched(reference, protected, "the reference")
    if isinstance(reference, str | Path) and Path(reference).suffix.lower() in _LISTED:
        return _matched(_listed(read_yaml(Path(reference))), protected, str(reference))
    with opened(reference) as table:
        if set(table.names) in ({*_STATED}, {"column", *_STATED[1:]}):
            return _matched(_stated(table), protected, table.where)
        return _counted(table, protected)


def _listed(read: Positioned) -> dict[str, dict[str, float]]:
    faults: list[UserError] = []
    found: dict[str, dict[str, float]] = {}
    if not isinstance(read.value, dict) or not read.value:
        raise read.fault("must be attributes, each with its groups and their shares, as in sex: {female: 51, male: 49}")
    for attribute, groups in read.value.items():
        if not isinstance(groups, dict) or not groups:
            faults.append(read.fault("must be groups and their shares, as in {female: 51, male: 49}", (attribute,)))
            continue
        for group, share in groups.items():
            if isinstance(share, bool) or not isinstance(share, int | float) or not _is_share(share):
                faults.append(read.fault("must be a share: a number, not below 0", (attribute, group)))
            else:
                found.setdefault(attribute, {})[group] = float(share)
    if faults:
        raise UserErrors(faults)
    return found


def _stated(table: Table) -> dict[str, dict[str, float]]:
    attribute = next(name for name in table.names if name in ("attribute", "column"))
    found: dict[str, dict[str, float]] = {}
    asked = f"{table.sql(attribute)}, {table.sql('group')}, {table.number('share')}"
    for name, group, share in table.asked(f"SELECT {asked} FROM cells"):
        if not name or not group or share is None or not _is_share(share) or group in found.get(name, {}):
            raise UserError(
                "each row must state one share: attribute, group, and a number that is not below 0",
                where=table.where,
                way_on="As in: sex,female,51",
            )
        found.setdefault(name, {})[group] = share
    return found


def _is_share(number: float) -> bool:
    return math.isfinite(number) and number >= 0


def _matched(stated: Shares, protected: Sequence[Protected], where: str) -> dict[str, dict[str, float]]:
    """The stated shares under the names that columns and groups have in the profile."""
    by_name = {name: one for one in protected for name in (one.attribute, one.column)}
    found: dict[str, dict[str, float]] = {}
    for attribute, groups in stated.items():
        one = by_name.get(attribute)
        if one is None:
            listed = ", ".join(f'"{printable(name)}"' for name in by_name) or "none"
            raise UserError(
                f'the reference speaks of "{printable(attribute)}", which is not among the protected attributes',
                where=where,
                way_on=did_you_mean(printable(attribute), map(printable, by_name))
                or f"These are: {listed}. Name others with --protected.",
            )
        if len(groups) < 2 or not sum(groups.values()):
            raise UserError(
                f'the reference needs two groups of "{printable(attribute)}" at least, one with a share',
                where=where,
                way_on="Their sum is the whole population, in any unit.",
            )
        found[one.column] = dict(_named(attribute, groups, one, where))
    return found


def _named(
    attribute: str, groups: Mapping[str, float], protected: Protected, where: str
) -> Iterator[tuple[str, float]]:
    """Groups by the names of the profile; capitals and blanks around a name do not matter where they tell no groups."""
    known = [*protected.groups, *([protected.other] if protected.other else [])]
    alike: dict[str, list[str]] = {}
    for name in known:
        alike.setdefault(name.strip().casefold(), []).append(name)
    named = {}
    for group in groups:
        same = alike.get(group.strip().casefold(), [])
        named[group] = group if group in known or len(same) != 1 else same[0]
    if not set(named.values()) & set(known):
        listed = ", ".join(f'"{printable(name, 40)}"' for name in known[:10])
        raise UserError(
            f'the reference names none of the groups of "{printable(attribute)}"', where=where,
            way_on=f"The groups of the table: {listed}.",
        )  # fmt: skip
    if len(set(named.values())) < len(named):
        raise UserError(f'the reference names a group of "{printable(attribute)}" twice', where=where)
    yield from ((named[group], share) for group, share in groups.items())


def _counted(table: Table, protected: Sequence[Protected]) -> dict[str, dict[str, float]]:
    """Rows of each group in another table, groups as the profile has them."""
    there = [one for one in protected if one.column in table.names]
    if not there:
        wanted = ", ".join(f'"{printable(one.column)}"' for one in protected) or "none"
        raise UserError(
            "the reference is a table without any of the protected columns",
            where=table.where,
            way_on=f"The protected columns are: {wanted}. Shares are stated in columns attribute, group and share.",
        )
    found = {}
    for one in there:
        counted = {rate.group: float(rate.count) for rate in shares(table, [one], "true", [])}
        # A group that the reference has nobody of has no share to be compared with.
        found[one.column] = {group: counted[group] for group in one.groups if group in counted}
        if len(found[one.column]) < 2:
            raise UserError(
                f'the reference has rows of fewer than two groups of "{printable(one.column)}"', where=table.where
            )
    return found
