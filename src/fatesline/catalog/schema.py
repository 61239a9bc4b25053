"""The shapes of files for editors (JSON schemas) and for people (tables in ``catalog/README.md``)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from fatesline.catalog.answers import AnswersFile
from fatesline.catalog.entry import (
    CatalogFile,
    ConstraintsFile,
    ConstraintShape,
    ContextFile,
    Entry,
    Fill,
    Option,
    Parameter,
    Pattern,
    Question,
    RequirementsFile,
    Slot,
    Source,
    SourcesFile,
    TargetFile,
)
from fatesline.catalog.project_shape import Project

#: Kinds of catalog files, and their shapes.
FILES: Mapping[str, type[BaseModel]] = {
    "catalog": CatalogFile,
    "constraints": ConstraintsFile,
    "context": ContextFile,
    "entry": Entry,
    "requirements": RequirementsFile,
    "sources": SourcesFile,
    "target": TargetFile,
}

#: Files of one project, and their shapes.
PROJECT_FILES: Mapping[str, type[BaseModel]] = {"answers": AnswersFile, "fates": Project}

#: Shapes that the README has a table of, by the name in its markers.
TABLES: Mapping[str, type[BaseModel]] = {
    "catalog": CatalogFile,
    "constraint": ConstraintShape,
    "entry": Entry,
    "fill": Fill,
    "option": Option,
    "parameter": Parameter,
    "pattern": Pattern,
    "question": Question,
    "slot": Slot,
    "source": Source,
    "target": TargetFile,
}

_MARKED = re.compile(r"(<!-- fields of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)

_TYPES = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of one kind of file.

    Parameters
    ----------
    kind : str
        A kind of catalog file (`FILES`), or ``answers`` or ``fates``: files of a project.

    Raises
    ------
    ValueError
        If there is no such kind.
    """
    kinds = {**FILES, **PROJECT_FILES}
    if kind not in kinds:
        raise ValueError(f"there is no kind of catalog file called {kind!r}; there are {', '.join(kinds)}")
    schema = kinds[kind].model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": f"fatesline: {kind}" if kind in PROJECT_FILES else f"fatesline catalog: {kind}",
    }


def schema_files() -> dict[str, str]:
    """Every schema as text by file name: ``entry.schema.json``."""
    return {
        f"{kind}.schema.json": json.dumps(json_schema(kind), indent=2, ensure_ascii=False) + "\n"
        for kind in sorted({**FILES, **PROJECT_FILES})
    }


def field_table(shape: type[BaseModel]) -> str:
    """A Markdown table of a shape: every key, what it holds, whether it is needed, what it is for."""
    schema = shape.model_json_schema()
    definitions = schema.get("$defs", {})
    if "$ref" in schema:
        schema = definitions[shape.__name__]
    needed = set(schema.get("required", ()))
    lines = ["| key | holds | for |", "|---|---|---|"]
    for key, below in schema["properties"].items():
        holds = _holds(below, definitions)
        name = f"**`{key}`**" if key in needed else f"`{key}`"
        told = below.get("description", "").replace("|", "\\|")
        lines.append(f"| {name} | {holds} | {told} |")
    return "\n".join(lines) + "\n"


def with_tables(text: str) -> str:
    """A Markdown text with every table between ``<!-- fields of x -->`` and ``<!-- end -->`` written anew.

    Raises
    ------
    ValueError
        If a marker names no known shape.
    """

    def filled(match: re.Match[str]) -> str:
        if match[2] not in TABLES:
            raise ValueError(f"there is no shape called {match[2]!r}; there are {', '.join(TABLES)}")
        return f"{match[1]}{field_table(TABLES[match[2]])}{match[3]}"

    return _MARKED.sub(filled, text)


def _holds(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    words = dict.fromkeys(_alternatives(schema, definitions))
    default = schema.get("default")
    usual = f" (`{_written(default)}`)" if default not in (None, "", [], {}) else ""
    return " or ".join(words) + usual


def _alternatives(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Iterator[str]:
    if "anyOf" in schema:
        for alternative in schema["anyOf"]:
            if alternative.get("type") != "null":
                yield from _alternatives(alternative, definitions)
    elif "$ref" in schema:
        yield _named(schema["$ref"].rpartition("/")[2], definitions)
    elif "enum" in schema:
        yield ", ".join(f"`{word}`" for word in schema["enum"])
    elif schema.get("type") == "array":
        yield f"list of {_holds(schema['items'], definitions)}"
    elif schema.get("type") == "object":
        # Mappings whose keys are ids have one pattern of keys; others take any.
        below = schema.get("additionalProperties") or next(iter(schema["patternProperties"].values()))
        yield f"{_holds(below, definitions)} by name"
    elif schema.get("format") == "date":
        yield "date"
    elif "pattern" in schema:
        yield "id"
    else:
        yield _TYPES[schema["type"]]


def _named(name: str, definitions: Mapping[str, Any]) -> str:
    if name == "Text":
        return "text in `en` and `fr`"
    if "enum" in definitions[name]:
        return ", ".join(f"`{word}`" for word in definitions[name]["enum"])
    return {"ConstraintShape": "constraint"}.get(name, name.lower())


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
