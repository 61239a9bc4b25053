"""A fault that pydantic found, in the words of the person who wrote the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, RootModel
from pydantic_core import ErrorDetails

from fatesline.catalog.yaml_values import printable
from fatesline.errors import did_you_mean


def worded(detail: ErrorDetails, path: tuple[str | int, ...], shape: object) -> str:
    """What is wrong at a path, without the path itself; alternatives begin with "must be".

    Parameters
    ----------
    detail : ErrorDetails
    path : tuple of str and int
        Inside what was validated.
    shape : type or None
        What it was validated against; unknown keys then name the nearest known one.
    """
    given = detail["input"]
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            # The key itself is the last part of the path, so the fault already names it.
            hint = did_you_mean(str(path[-1]), _known_keys(shape, path[:-1])) if shape is not None else ""
            return f"there is no such key; {hint}".removesuffix("; ")
        case "value_error":
            return str(context.get("error", detail["msg"]))
        case "literal_error":
            return _literal_text(given, str(context["expected"]))
        case "string_type":
            quotes = "; put it in quotes" if isinstance(given, bool | int | float) else ""
            return f"must be a text{quotes}"
        case "string_too_short":
            return "must not be empty"
        case "string_too_long":
            return f"must not be longer than {context['max_length']} characters"
        case "string_pattern_mismatch":
            return f"must look like {context['pattern']}"
        case "too_short":
            count = context["min_length"]
            return f"must have at least {count} {'item' if count == 1 else 'items'}"
        case "too_long":
            return f"must have at most {context['max_length']} items"
        case "model_type" | "model_attributes_type" | "dict_type" | "mapping_type":
            return "must be a mapping of keys to values"
        case "tuple_type" | "list_type" | "set_type" | "frozen_set_type":
            return "must be a list"
        case "int_type" | "int_parsing" | "int_from_float" | "int_parsing_size":
            return "must be a whole number"
        case "float_type" | "float_parsing" | "finite_number":
            return "must be a number"
        case "bool_type" | "bool_parsing":
            return "must be true or false"
        case "date_type" | "date_parsing" | "date_from_datetime_parsing" | "date_from_datetime_inexact":
            return "must be a date such as 2026-08-02"
        case "none_required":
            return "must be null"
        case "greater_than_equal":
            return f"must be at least {context['ge']}"
        case "less_than_equal":
            return f"must be at most {context['le']}"
        case "greater_than":
            return f"must be more than {context['gt']}"
        case "less_than":
            return f"must be less than {context['lt']}"
    message = printable(detail["msg"], 300)
    return message[:1].lower() + message[1:]


def _literal_text(given: object, expected: str) -> str:
    words = re.findall(r"'([^']*)'", expected)
    listed = expected.replace("'", '"')
    if not isinstance(given, str):
        return f"must be {listed}"
    hint = did_you_mean(given, words)
    return f'must be {listed}, not "{printable(given)}"; {hint}'.removesuffix("; ")


def _known_keys(shape: object, path: tuple[str | int, ...]) -> list[str]:
    """Keys that the shape has at a path; none where it is no model."""
    shapes = list(_models(shape))
    for part in path:
        below: list[Any] = []
        for one in shapes:
            if isinstance(one, type) and issubclass(one, BaseModel):
                below += [info.annotation for name, info in one.model_fields.items() if part in (name, info.alias)]
            else:
                # A mapping or a sequence: the last argument is what it holds, but for the ellipsis of tuples.
                below += [argument for argument in get_args(one)[-2:] if argument is not Ellipsis][-1:]
        shapes = [model for one in below for model in _models(one)]
    return [
        info.alias or name
        for one in shapes
        if isinstance(one, type) and issubclass(one, BaseModel)
        for name, info in one.model_fields.items()
    ]


def _models(annotation: object) -> Iterator[Any]:
    """The alternatives of an annotation that have something below them."""
    origin = get_origin(annotation)
    if isinstance(annotation, type) and origin is None and issubclass(annotation, RootModel):
        yield from _models(annotation.model_fields["root"].annotation)
    elif origin is Annotated:
        yield from _models(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for alternative in get_args(annotation):
            yield from _models(alternative)
    elif origin is not None or (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        yield annotation
