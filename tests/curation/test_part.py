from __future__ import annotations

import networkx as nx
import pytest

from fatesline.catalog import Catalog, load
from fatesline.curation import Tie, graph_of, part_around
from tests.conftest import CatalogFolder


@pytest.fixture(scope="module")
def built_in() -> Catalog:
    return load(packages=False)


def test_a_part_holds_what_the_constraints_of_a_feature_tie_it_to(small: CatalogFolder) -> None:
    part = part_around(small.read(), "fairness", depth=1)

    assert part.features == ("fates_project", "context_facts", "weights_wanted", "fates", "fairness", "reweighing")
    assert Tie("people-are-owed-fairness", ("weights_wanted",), ("fairness",)) in part.ties


def test_no_step_is_the_feature_with_its_ancestors_alone(small: CatalogFolder) -> None:
    part = part_around(small.read(), "reweighing", depth=0)

    assert part.features == ("fates_project", "fates", "fairness", "reweighing")
    assert part.ties == ()


def test_what_is_only_denied_right_of_an_arrow_is_excluded(small: CatalogFolder) -> None:
    small.write(
        "constraints/more.yaml",
        "constraints:\n"
        "  - {id: things, formula: 'things_only => !fairness & fates', level: technical, "
        "because: {en: a, fr: b}, sources: [law]}\n",
    )

    tie = next(one for one in part_around(small.read(), "things_only", depth=1).ties if one.constraint == "things")

    assert tie == Tie("things", ("things_only",), ("fates",), ("fairness",))


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_every_part_is_one_tree_and_has_all_that_its_constraints_tie(built_in: Catalog, depth: int) -> None:
    for name in built_in.model.ids[::9]:
        part = part_around(built_in, name, depth=depth)

        placed = {feature: at for at, feature in enumerate(part.features)}
        parents = [(built_in.model[feature].parent, feature) for feature in part.features[1:]]
        assert all(parent is not None and placed[parent] < placed[feature] for parent, feature in parents)
        assert {feature for tie in part.ties for feature in tie.features} <= placed.keys()
        assert name in placed


def test_one_more_step_never_shows_less(built_in: Catalog) -> None:
    for name in built_in.model.ids[::20]:
        nearer, further = part_around(built_in, name, depth=1), part_around(built_in, name, depth=2)

        assert set(nearer.features) <= set(further.features)
        assert set(nearer.ties) <= set(further.ties)


def test_the_whole_graph_has_every_feature_and_constraint_in_one_piece(built_in: Catalog) -> None:
    graph = graph_of(built_in)

    kinds = [kind for _, kind in graph.nodes(data="kind")]
    assert kinds.count("feature") == len(built_in.model.features)
    assert kinds.count("constraint") == len(built_in.constraints)
    assert nx.is_weakly_connected(graph)
    assert nx.is_arborescence(graph.edge_subgraph(edge for edge in graph.edges if graph.edges[edge]["kind"] == "tree"))
