"""Feature, Group, Constraint and FeatureModel: what can be chosen, and what goes with what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from fatesline.errors import UserError, UserErrors, did_you_mean
from fatesline.model.formula import Formula

Level = Literal["law", "technical", "method", "preference"]

LEVELS: tuple[Level, ...] = ("law", "technical", "method", "preference")


@dataclass(frozen=True, slots=True)
class Feature:
    """A node of the feature tree.

    Parameters
    ----------
    id : str
        Unique name.
    parent : str or None
        Id of the parent; None for the root alone.
    abstract : bool
        True if it only structures the tree.
    attributes : mapping
        Further facts, kept as they were read; not reasoned about.
    """

    id: str
    parent: str | None = None
    abstract: bool = False
    attributes: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Group:
    """How many of some children of one parent hold whenever the parent holds.

    Parameters
    ----------
    parent : str
        Id of the parent of every member.
    members : tuple of str
        Ids; at least one, no id in two groups.
    minimum, maximum : int
        Bounds of the number of chosen members, ``0 <= minimum <= maximum <= len(members)``.

    Notes
    -----
    A feature that is in no group is optional. ``mandatory`` is [n..n], ``alternative`` [1..1], ``some`` (or) [1..n].
    """

    parent: str
    members: tuple[str, ...]
    minimum: int
    maximum: int

    @classmethod
    def mandatory(cls, parent: str, members: Iterable[str]) -> Group:
        """All members hold with the parent."""
        ids = tuple(members)
        return cls(parent, ids, len(ids), len(ids))

    @classmethod
    def alternative(cls, parent: str, members: Iterable[str]) -> Group:
        """Exactly one member holds with the parent."""
        return cls(parent, tuple(members), 1, 1)

    @classmethod
    def some(cls, parent: str, members: Iterable[str]) -> Group:
        """At least one member holds with the parent."""
        ids = tuple(members)
        return cls(parent, ids, 1, len(ids))

    @property
    def kind(self) -> Literal["mandatory", "optional", "alternative", "some", "cardinality"]:
        """The usual name of the bounds."""
        size = len(self.members)
        if self.minimum == size == self.maximum:
            return "mandatory"
        if self.minimum == 0 and self.maximum == size:
            return "optional"
        if self.minimum == 1 == self.maximum:
            return "alternative"
        if self.minimum == 1 and self.maximum == size:
            return "some"
        return "cardinality"


@dataclass(frozen=True, slots=True)
class Constraint:
    """A cross-tree constraint: one formula, one reason, its sources.

    Parameters
    ----------
    id : str
        Unique among the constraints of a model.
    formula : Formula
        Over feature ids.
    level : {'law', 'technical', 'method', 'preference'}
        ``preference`` is soft: it guides completion and never forbids.
    weight : int
        Penalty of violating a preference, positive, no unit; without meaning at the other levels.
    """

    id: str
    formula: Formula
    level: Level = "technical"
    weight: int = 1


@dataclass(frozen=True, slots=True)
class FeatureModel:
    """A feature tree with its groups and cross-tree constraints; checked when made.

    Parameters
    ----------
    features : tuple of Feature
        The root first; parents before children is not required.
    groups : tuple of Group
    constraints : tuple of Constraint

    Raises
    ------
    UserError
        Every structural fault at once: repeated ids, unknown parents, no or several roots, cycles, groups whose
        members have another parent, bounds that fit no member count, formulas over unknown features.
    """

    features: tuple[Feature, ...]
    groups: tuple[Group, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    _by_id: dict[str, Feature] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {feature.id: feature for feature in self.features})
        faults = [UserError(text) for text in self._faults()]
        if faults:
            raise UserErrors(faults)

    def __contains__(self, feature_id: object) -> bool:
        return feature_id in self._by_id

    def __getitem__(self, feature_id: str) -> Feature:
        try:
            return self._by_id[feature_id]
        except KeyError:
            raise unknown_feature(feature_id, self._by_id) from None

    @property
    def root(self) -> Feature:
        """The one feature without a parent; it holds in every configuration."""
        return next(feature for feature in self.features if feature.parent is None)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all features, in the order of the model."""
        return tuple(feature.id for feature in self.features)

    def children(self, feature_id: str) -> tuple[Feature, ...]:
        """Features whose parent is the given one, in the order of the model."""
        return tuple(feature for feature in self.features if feature.parent == feature_id)

    def ancestors(self, feature_id: str) -> tuple[str, ...]:
        """Ids from the parent up to the root."""
        path = []
        parent = self[feature_id].parent
        while parent is not None:
            path.append(parent)
            parent = self._by_id[parent].parent
        return tuple(path)

    def _faults(self) -> list[str]:
        faults = []
        seen: set[str] = set()
        for feature in self.features:
            if feature.id in seen:
                faults.append(f'feature "{feature.id}" is declared twice')
            seen.add(feature.id)
            if feature.parent is not None and feature.parent not in self._by_id:
                hint = did_you_mean(feature.parent, self._by_id)
                faults.append(f'feature "{feature.id}" has the unknown parent "{feature.parent}"; {hint}'.rstrip("; "))
        roots = [feature.id for feature in self.features if feature.parent is None]
        if len(roots) != 1:
            faults.append(f"a feature model has one root; this one has {len(roots)}: {', '.join(roots[:5]) or 'none'}")
        faults += self._cycles()
        grouped: set[str] = set()
        for group in self.groups:
            faults += self._group_faults(group, grouped)
        constraint_ids: set[str] = set()
        for constraint in self.constraints:
            if constraint.id in constraint_ids:
                faults.append(f'constraint "{constraint.id}" is declared twice')
            constraint_ids.add(constraint.id)
            # Not a difference of sets: with a view on one side it would go over all features each time.
            for name in sorted(name for name in constraint.formula.variables() if name not in self._by_id):
                hint = did_you_mean(name, self._by_id)
                faults.append(f'constraint "{constraint.id}": there is no feature "{name}"; {hint}'.rstrip("; "))
        return faults

    def _cycles(self) -> list[str]:
        settled: set[str] = set()
        for feature in self.features:
            if feature.parent is None or feature.parent in settled:
                settled.add(feature.id)
                continue
            path: list[str] = []
            on_path: set[str] = set()
            current: str | None = feature.id
            while current is not None and current in self._by_id and current not in settled:
                if current in on_path:
                    return [f"features are their own ancestors: {' > '.join([*path[path.index(current) :], current])}"]
                path.append(current)
                on_path.add(current)
                current = self._by_id[current].parent
            settled |= on_path
        return []

    def _group_faults(self, group: Group, grouped: set[str]) -> list[str]:
        faults = []
        if group.parent not in self._by_id:
            faults.append(f'a group has the unknown parent "{group.parent}"')
        for member in group.members:
            if member not in self._by_id:
                faults.append(f'a group below "{group.parent}" has the unknown member "{member}"')
            elif self._by_id[member].parent != group.parent:
                faults.append(f'group below "{group.parent}": member "{member}" has another parent')
            if member in grouped:
                faults.append(f'feature "{member}" is in two groups')
            grouped.add(member)
        if not 0 <= group.minimum <= group.maximum <= len(group.members) or not group.members:
            faults.append(
                f'group below "{group.parent}": [{group.minimum}..{group.maximum}] does not fit '
                f"{len(group.members)} members"
            )
        return faults


def unknown_feature(feature_id: str, known: Iterable[str], where: str = "") -> UserError:
    """The error for a feature id that does not exist, with the nearest one that does."""
    return UserError(f'there is no feature "{feature_id}"', where=where, way_on=did_you_mean(feature_id, known))
