"""UVL: writing."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from decimal import Decimal

from fatesline.errors import UserError, UserErrors
from fatesline.exchange.imported import Kept, is_ordinary, shortened
from fatesline.exchange.uvl.expressions import quoted
from fatesline.exchange.uvl.feature_lines import TYPE_KEY
from fatesline.model.features import Constraint, Feature, FeatureModel, Group
from fatesline.model.formula import Formula

_SIGNS = {"iff": (1, " <=> "), "implies": (2, " => "), "or": (3, " | "), "and": (4, " & ")}
_NOT_BINDING = 5


def written(model: FeatureModel, kept: Iterable[Kept] = ()) -> str:
    r"""A feature model in UVL.

    Parameters
    ----------
    model : FeatureModel
    kept : iterable of Kept
        Constraints beyond the model, written as they were read from UVL.

    Returns
    -------
    str
        A model that was read from UVL reads back equal; any other up to the order of features and groups, and with
        nested conjunctions and disjunctions flattened on the left.

    Raises
    ------
    UserError
        If a name cannot be written: UVL knows no quotes, line ends or empty parts in names.

    Notes
    -----
    Level and id of a constraint stand in a comment beside it. A preference stands in a comment altogether, since other
    tools would take it as binding. Attributes that UVL cannot hold are left out: empty texts, None, keys with dots,
    quotes or line ends; in texts, apostrophes become ``’`` and line ends spaces. Linear in the length of the result.
    """
    faults = [
        UserError(
            f'UVL cannot hold the name "{shortened(name)}"', way_on="Names have no quotes, line ends or empty parts."
        )
        for name in model.ids
        if not _is_writable(name)
    ]
    if faults:
        raise UserErrors(faults)
    children: dict[str, list[Feature]] = {}
    for feature in model.features:
        if feature.parent is not None:
            children.setdefault(feature.parent, []).append(feature)
    group_of = {member: group for group in model.groups for member in group.members}
    lines = ["features"]
    waiting: list[tuple[int, str | Feature]] = [(1, model.root)]
    while waiting:
        depth, entry = waiting.pop()
        indent = "\t" * depth
        if isinstance(entry, str):
            lines.append(indent + entry)
            continue
        lines.append(indent + _feature_line(entry))
        below: list[tuple[int, str | Feature]] = []
        for keyword, members in _blocks(children.get(entry.id, ()), group_of, model):
            below.append((depth + 1, keyword))
            below += [(depth + 2, member) for member in members]
        waiting += reversed(below)
    body = [_constraint_line(each, position, model.root.id) for position, each in enumerate(model.constraints, 1)]
    body += [each.text for each in kept]
    if body:
        # The official parser refuses a section that holds comments only.
        has_section = any(not line.startswith("//") for line in body)
        lines += ["", *(["constraints"] if has_section else []), *(f"\t{line}" for line in body)]
    return "\n".join(lines) + "\n"


def _is_writable(name: str) -> bool:
    return (
        bool(name)
        and not set(name) & set('"\r\n')
        and all(name.split("."))
        and name.encode(errors="replace") == name.encode(errors="ignore")
    )


def _reference(name: str) -> str:
    return ".".join(map(quoted, name.split("."))) if "." in name else quoted(name)


def _blocks(
    members: Iterable[Feature], group_of: Mapping[str, Group], model: FeatureModel
) -> list[tuple[str, list[Feature]]]:
    """The groups below a feature in the order of their first members, runs of optional features between them."""
    blocks: list[tuple[str, list[Feature]]] = []
    told: set[int] = set()
    for feature in members:
        group = group_of.get(feature.id)
        if group is None:
            if not blocks or blocks[-1][0] != "optional":
                blocks.append(("optional", []))
            blocks[-1][1].append(feature)
        elif id(group) not in told:
            told.add(id(group))
            blocks.append((_keyword(group), [model[member] for member in group.members]))
    return blocks


def _keyword(group: Group) -> str:
    match group.kind:
        case "mandatory" | "alternative" as kind:
            return kind
        case "some":
            return "or"
    if group.minimum == group.maximum:
        return f"[{group.minimum}..{group.maximum}]"
    return f"[{group.minimum}..{'*' if group.maximum == len(group.members) else group.maximum}]"


def _feature_line(feature: Feature) -> str:
    kind = feature.attributes.get(TYPE_KEY)
    start = f"{kind} " if kind in ("String", "Integer", "Real") else ""
    # Words of the language are no keys either.
    attributes = _attributes(feature.attributes, first=["abstract"] if feature.abstract else [])
    return start + _reference(feature.id) + (f" {attributes}" if attributes != "{}" else "")


def _attributes(attributes: Mapping[object, object] | Mapping[str, object], first: list[str] | None = None) -> str:
    entries = list(first or ())
    for key, value in attributes.items():
        if not isinstance(key, str) or not key or set(key) & set('".\r\n') or (first is not None and key == "abstract"):
            continue
        text = _value(value)
        if text is not None:
            entries.append(f"{quoted(key)} {text}")
    return "{" + ", ".join(entries) + "}"


def _value(value: object) -> str | None:
    """The value of an attribute, or None if UVL has no way to write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        text = format(Decimal(repr(value)), "f")
        return text if "." in text else f"{text}.0"
    if isinstance(value, str):
        text = " ".join(value.replace("'", "’").splitlines())
        return f"'{text}'" if text else None
    if isinstance(value, Mapping):
        return _attributes(value)
    if isinstance(value, list | tuple):
        texts = [text for text in map(_value, value) if text is not None]
        # Without the spaces, a single number in brackets is a cardinality to the official lexer.
        return f"[ {texts[0]} ]" if len(texts) == 1 else f"[{', '.join(texts)}]"
    return None


def _constraint_line(constraint: Constraint, position: int, root: str) -> str:
    text = _formula(constraint.formula, 0, root)
    name = json.dumps(constraint.id)
    if constraint.level == "preference":
        return f"// fates: preference {constraint.weight} {name}: {text}"
    if is_ordinary(constraint, position):
        return text
    weight = f" {constraint.weight}" if constraint.weight != 1 else ""
    return f"{text} // fates: {constraint.level}{weight} {name}"


def _formula(formula: Formula, binding: int, root: str) -> str:
    if formula.kind == "feature":
        return _reference(formula.feature)
    if formula.kind == "not":
        return f"!{_formula(formula.parts[0], _NOT_BINDING, root)}"
    own, sign = _SIGNS[formula.kind]
    if not formula.parts:
        # Empty conjunctions and disjunctions are true and false, for which UVL has no word; the root always holds.
        return f"({_reference(root)} | !{_reference(root)})" if formula.kind == "and" else _contradiction(root)
    if len(formula.parts) == 1:
        return _formula(formula.parts[0], binding, root)
    first, *others = formula.parts
    text = sign.join([_formula(first, own, root), *(_formula(part, own + 1, root) for part in others)])
    return f"({text})" if own < binding else text


def _contradiction(root: str) -> str:
    return f"({_reference(root)} & !{_reference(root)})"
