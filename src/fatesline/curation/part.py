"""A part of a catalog around one feature, as a graph: what hangs where, and which constraints tie it to what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fatesline.catalog.catalog import Catalog
from fatesline.model.formula import Formula

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True, slots=True)
class Tie:
    """A constraint of a part, and the features it ties.

    Parameters
    ----------
    constraint : str
    asking, asked : tuple of str
        Features left and right of the arrow of an implication, in the order of the model; of a definition, what defines
        and what is defined; of any other formula all features are ``asking``.
    excluded : tuple of str
        Features right of the arrow that are only denied there.
    """

    constraint: str
    asking: tuple[str, ...]
    asked: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @property
    def features(self) -> tuple[str, ...]:
        """Everything that is tied."""
        return self.asking + self.asked + self.excluded


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a catalog.

    Parameters
    ----------
    centre : str
        The feature it is around.
    features : tuple of str
        With all their ancestors, so that they form one tree; a parent stands before its children.
    ties : tuple of Tie
        Constraints within reach; all their features are in ``features``.
    """

    centre: str
    features: tuple[str, ...]
    ties: tuple[Tie, ...]


def graph_of(catalog: Catalog) -> networkx.DiGraph[str]:
    """The catalog as a graph.

    Returns
    -------
    DiGraph
        Nodes are ids, those of constraints after ``constraint:``; their ``kind`` is 'feature' or 'constraint'. Edges go
        from parent to child (``kind`` 'tree', length 1), and through a constraint from the features that ask to those
        asked for or excluded (``kind`` 'tie', length 1/2: two features that a constraint ties are one apart).
    """
    import networkx as nx

    graph: networkx.DiGraph[str] = nx.DiGraph()
    for feature in catalog.model.features:
        graph.add_node(feature.id, kind="feature")
    for feature in catalog.model.features:
        if feature.parent is not None:
            graph.add_edge(feature.parent, feature.id, kind="tree", length=1.0)
    for tie in _ties(catalog):
        # A feature and a constraint may have the same id.
        node = f"constraint:{tie.constraint}"
        graph.add_node(node, kind="constraint")
        graph.add_edges_from(((name, node) for name in tie.asking), kind="tie", length=0.5)
        graph.add_edges_from(((node, name) for name in tie.asked + tie.excluded), kind="tie", length=0.5)
    return graph


def part_around(catalog: Catalog, feature: str, *, depth: int = 1) -> Part:
    """What lies within some steps of a feature: along the tree, or through a constraint.

    Parameters
    ----------
    catalog : Catalog
    feature : str
        Id of today.
    depth : int
        Steps, at least 0; one goes to a parent, to a child, or to what a constraint ties it to.

    Raises
    ------
    UserError
        If there is no such feature.
    """
    import networkx as nx

    centre = catalog.model[feature].id
    near = nx.ego_graph(graph_of(catalog), centre, radius=depth, undirected=True, distance="length")
    ties = tuple(
        tie
        for tie in _ties(catalog)
        if f"constraint:{tie.constraint}" in near and all(name in near for name in tie.features)
    )
    kept = {name for name in catalog.model.ids if name in near}
    kept |= {above for name in kept for above in catalog.model.ancestors(name)}
    return Part(centre, tuple(_down(catalog, catalog.model.root.id, kept)), ties)


def _down(catalog: Catalog, feature: str, kept: set[str]) -> Iterator[str]:
    """What is kept of a branch, every child right below its parent."""
    if feature in kept:
        yield feature
        for child in catalog.children(feature):
            yield from _down(catalog, child, kept)


def _ties(catalog: Catalog) -> Iterator[Tie]:
    place = {name: at for at, name in enumerate(catalog.model.ids)}

    def ordered(names: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(names, key=place.__getitem__))

    for name, constraint in catalog.constraints.items():
        everything = constraint.formula.variables()
        asked, excluded = frozenset[str](), frozenset[str]()
        if constraint.origin in ("definition", "asked"):
            asked = frozenset([constraint.feature])
        elif constraint.formula.kind == "implies":
            left, right = constraint.formula.parts
            asked = right.variables() - left.variables()
            excluded = asked - {feature for feature, holds in _signed(right) if holds}
        yield Tie(name, ordered(everything - asked), ordered(asked - excluded), ordered(excluded))


def _signed(formula: Formula, holds: bool = True) -> Iterator[tuple[str, bool]]:
    """Every feature of a formula, affirmed or denied; some are both."""
    match formula.kind:
        case "feature":
            yield formula.feature, holds
        case "not":
            yield from _signed(formula.parts[0], not holds)
        case "implies":
            yield from _signed(formula.parts[0], not holds)
            yield from _signed(formula.parts[1], holds)
        case "iff":
            yield from ((name, sign) for name in sorted(formula.variables()) for sign in (True, False))
        case _:
            for part in formula.parts:
                yield from _signed(part, holds)
