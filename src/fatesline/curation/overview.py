"""What a catalog holds, in figures, and where one thing stands in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from fatesline import reasoning
from fatesline.catalog.catalog import Catalog, Layer
from fatesline.catalog.entry import Kind
from fatesline.model.features import LEVELS
from fatesline.reasoning import Count, Reasoner


@dataclass(frozen=True, slots=True)
class Overview:
    """A catalog in figures.

    Parameters
    ----------
    layers : tuple of Layer
        The built-in one first.
    questions, options, features, sources : int
        ``features`` counts every node of the tree: questions, options, entries, and the branches they hang on.
    kinds : mapping of str to int
        Entries by kind.
    levels : mapping of str to int
        Written constraints by level.
    definitions : int
        Constraints that say what a derived fact means or when a question is asked; in no level's count.
    always : tuple of str
        Features that every configuration has, in the order of the tree.
    configurations : Count
        Valid configurations: exact, or bounds where the time did not suffice.
    """

    layers: tuple[Layer, ...]
    questions: int
    options: int
    features: int
    kinds: Mapping[str, int] = field(hash=False)
    levels: Mapping[str, int] = field(hash=False)
    definitions: int
    sources: int
    always: tuple[str, ...]
    configurations: Count


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a feature stands: above, beside and below it in the tree, and what constrains it.

    Parameters
    ----------
    feature : str
    path : tuple of str
        From the root to its parent.
    group : {'mandatory', 'optional', 'alternative', 'some', 'cardinality', 'root'}
        How it hangs below its parent.
    siblings : tuple of str
        The other members of its group; none if it is optional or mandatory.
    children : tuple of str
    constraints : tuple of str
        Ids of those that name it.
    """

    feature: str
    path: tuple[str, ...]
    group: Literal["mandatory", "optional", "alternative", "some", "cardinality", "root"]
    siblings: tuple[str, ...]
    children: tuple[str, ...]
    constraints: tuple[str, ...]


def overview(catalog: Catalog, *, seconds: float = 60.0) -> Overview:
    """A catalog in figures.

    Parameters
    ----------
    catalog : Catalog
    seconds : float
        For counting configurations; after about this time bounds are given instead.
    """
    written = [one for one in catalog.constraints.values() if one.origin in ("written", "required")]
    kinds = Counter(entry.kind for entry in catalog.entries.values())
    levels = Counter(one.level for one in written)
    always = reasoning.core(Reasoner(catalog.model))
    return Overview(
        layers=catalog.layers,
        questions=len(catalog.questions),
        options=len(catalog.options),
        features=len(catalog.model.features),
        kinds={kind: kinds[kind] for kind in get_args(Kind) if kinds[kind]},
        levels={level: levels[level] for level in LEVELS if levels[level]},
        definitions=len(catalog.constraints) - len(written),
        sources=len(catalog.sources),
        always=tuple(name for name in catalog.model.ids if name in always),
        configurations=reasoning.count(catalog.model, seconds=seconds),
    )


def standing(catalog: Catalog, feature: str) -> Standing:
    """Where a feature stands in the catalog.

    Parameters
    ----------
    catalog : Catalog
    feature : str
        Id of today.

    Raises
    ------
    UserError
        If there is no such feature.
    """
    model = catalog.model
    path = tuple(reversed(model.ancestors(feature)))
    group = next((one for one in model.groups if feature in one.members), None)
    together = group is not None and group.kind not in ("mandatory", "optional")
    return Standing(
        feature=feature,
        path=path,
        group=group.kind if group is not None else "optional" if path else "root",
        siblings=tuple(name for name in group.members if name != feature) if group is not None and together else (),
        children=catalog.children(feature),
        constraints=tuple(name for name, one in catalog.constraints.items() if feature in one.formula.variables()),
    )
