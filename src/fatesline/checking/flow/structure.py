"""Pipelines and other estimators made of estimators: their named parts, as written."""

from __future__ import annotations

from collections.abc import Iterator

from fatesline.checking.flow.values import Call, Either, Group, Literal, Thing, Value

#: Made from a list of (name, estimator); the position and keyword of that list.
_NAMED_STEPS = {
    "imblearn.pipeline.Pipeline": "steps",
    "sklearn.compose.ColumnTransformer": "transformers",
    "sklearn.ensemble.StackingClassifier": "estimators",
    "sklearn.ensemble.VotingClassifier": "estimators",
    "sklearn.pipeline.FeatureUnion": "transformer_list",
    "sklearn.pipeline.Pipeline": "steps",
}

#: Made from the estimators themselves.
_PLAIN_STEPS = frozenset(
    {"imblearn.pipeline.make_pipeline", "sklearn.pipeline.make_pipeline", "sklearn.pipeline.make_union"}
)

#: Made from (estimator, columns).
_COLUMN_STEPS = frozenset({"sklearn.compose.make_column_transformer"})


def steps_of(call: Call) -> Iterator[tuple[str, Value]]:
    """The named parts of what a call makes, in order; nothing for calls that make no composite.

    Parameters
    ----------
    call : Call
        For example of ``sklearn.pipeline.Pipeline``. Steps added to the list afterwards are there too.

    Yields
    ------
    tuple of str and Value
        The name is empty where none is written.
    """
    if call.name in _NAMED_STEPS:
        listed = call.argument(0, _NAMED_STEPS[call.name])
        for group in listed.options if isinstance(listed, Either) else [listed]:
            if isinstance(group, Group) and group.keys is None:
                for item in group.items:
                    yield from _named(item)
    elif call.name in _PLAIN_STEPS:
        for value in call.positional:
            yield "", value
    elif call.name in _COLUMN_STEPS:
        for item in call.positional:
            if isinstance(item, Group) and item.keys is None and item.items:
                yield "", item.items[0]


def _named(item: Value) -> Iterator[tuple[str, Value]]:
    if isinstance(item, Either):
        for option in item.options:
            yield from _named(option)
    elif isinstance(item, Group) and item.keys is None and len(item.items) >= 2:
        name = item.items[0]
        yield (name.value if isinstance(name, Literal) and isinstance(name.value, str) else ""), item.items[1]


def parts_within(value: Value, depth: int = 4) -> Iterator[Thing]:
    """An estimator and, for composites, everything it is made of.

    Parameters
    ----------
    value : Value
    depth : int
        How many composites inside each other are opened.
    """
    for option in value.options if isinstance(value, Either) else [value]:
        if not isinstance(option, Thing):
            continue
        yield option
        if depth and option.call is not None:
            for _, step in steps_of(option.call):
                yield from parts_within(step, depth - 1)
