"""Expressions: what each one stands for, with every call in it recorded on the way."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable

from fatesline.checking.flow.calls import attribute, call_target, element_of, invoke, method_of_group
from fatesline.checking.flow.project import Project
from fatesline.checking.flow.roles import between, carried_on, role_of_name
from fatesline.checking.flow.scopes import Frame, OwnClass, Seen, Went
from fatesline.checking.flow.values import (
    MOST_ITEMS,
    Begun,
    Call,
    Either,
    Group,
    Known,
    Literal,
    Own,
    Past,
    Thing,
    Value,
    either,
    joined,
    options,
    past,
    past_of,
)

#: Expressions nested deeper are not looked into; people do not write them, and the reader must not overflow.
DEEPEST = 140

_BUILTINS = frozenset(dir(builtins))

#: Names by which everybody calls these modules.
_CUSTOMARY = {
    "lgb": "lightgbm", "mlflow": "mlflow", "np": "numpy", "pd": "pandas", "plt": "matplotlib.pyplot", "shap": "shap",
    "sklearn": "sklearn", "sns": "seaborn", "tf": "tensorflow", "torch": "torch", "wandb": "wandb", "xgb": "xgboost",
}  # fmt: skip


def evaluate(node: ast.expr, frame: Frame, project: Project) -> Value:
    """What an expression stands for at this point of the code.

    Parameters
    ----------
    node : ast.expr
    frame : Frame
        The names at this point; calls are recorded in ``frame.record``.
    project : Project
    """
    kind = type(node)
    if kind is ast.Name:
        return _name(node, frame, project)  # type: ignore[arg-type]
    if kind is ast.Constant:
        return Literal(node.value)  # type: ignore[attr-defined]
    handler = _HANDLERS.get(kind)
    if handler is None or project.depth >= DEEPEST:
        return Thing()
    project.depth += 1
    value = handler(node, frame, project)
    project.depth -= 1
    return value


def look_up(name: str, frame: Frame | None) -> Value | None:
    """What a name stands for in a scope or the scopes around it."""
    while frame is not None:
        value = frame.names.get(name)
        if value is not None:
            return value
        frame = frame.outer
    return None


def _name(node: ast.Name, frame: Frame, project: Project) -> Value:
    name = node.id
    value = frame.names.get(name) or look_up(name, frame.outer)
    if value is None:
        if name in _BUILTINS:
            return Known(f"builtins.{name}")
        if name in _CUSTOMARY:
            # From a star import that cannot be followed, or another notebook: nobody calls anything else so.
            return Known(_CUSTOMARY[name])
        starred = frame.module.starred
        if starred:
            return either([Known(f"{library}.{name}") for library in reversed(starred[-4:])])
        value = Thing("", role_of_name(name), sources=project.fresh_source())
        frame.names[name] = value
        return value
    if type(value) is Own:
        frame.record.references.add(value.definition)
    elif type(value) is Either:
        frame.record.references.update(one.definition for one in value.options if isinstance(one, Own))
    return value


def _attribute(node: ast.Attribute, frame: Frame, project: Project) -> Value:
    return attribute(evaluate(node.value, frame, project), node.attr, frame, project)


def _call(node: ast.Call, frame: Frame, project: Project) -> Value:
    function = node.func
    receiver: Value | None = None
    group_method = False
    if type(function) is ast.Attribute:
        receiver = evaluate(function.value, frame, project)
        group_method = isinstance(receiver, Group)
        target = receiver if group_method else call_target(receiver, function.attr, frame, project)
    else:
        target = evaluate(function, frame, project)
    positional: list[Value] = []
    for argument in node.args:
        if type(argument) is ast.Starred:
            spread = evaluate(argument.value, frame, project)
            positional += spread.items if isinstance(spread, Group) else [spread]
        else:
            positional.append(evaluate(argument, frame, project))
    keywords: dict[str, Value] = {}
    for keyword in node.keywords:
        value = evaluate(keyword.value, frame, project)
        if keyword.arg is not None:
            keywords[keyword.arg] = value
        else:
            _spread(value, keywords)
    if group_method:
        return method_of_group(receiver, function.attr, positional)  # type: ignore[arg-type, attr-defined]
    is_update = type(function) is ast.Attribute and function.attr == "update"
    if is_update and type(receiver) is Thing and len(positional) == 1:
        _learn_members(function.value, receiver, positional[0], frame)  # type: ignore[attr-defined] # is_update says so
    if isinstance(target, Known) and target.name == "builtins.super":
        return _super(frame)
    return invoke(target, tuple(positional), keywords, node, frame, project)


def _learn_members(node: ast.expr, held: Thing, added: Value, frame: Frame) -> None:
    """Of a dict from elsewhere, what ``settings.update({...})`` puts into it is known from there on."""
    if isinstance(node, ast.Name) and isinstance(added, Group) and added.keys and held.own is None and not held.marks:
        frame.names[node.id] = Group(list(added.items), list(added.keys))


def _spread(value: Value, keywords: dict[str, Value]) -> None:
    """``**value`` in a call."""
    for option in options(value):
        if isinstance(option, Group) and option.keys is not None:
            for key, item in zip(option.keys, option.items, strict=True):
                # Under a key that only running tells, the value is passed all the same.
                name = key if isinstance(key, str) else "**"
                keywords[name] = either([keywords[name], item]) if name in keywords else item
        elif past(option).marks:
            keywords["**"] = option


def _super(frame: Frame) -> Value:
    owner = frame.owner
    if owner is None:
        return Thing()
    for base in owner.bases:
        if isinstance(base, Own) and isinstance(base.definition, OwnClass):
            return Thing(base.definition.qualified, own=base.definition)
        if isinstance(base, Known):
            return Thing(base.name)
    return Thing()


def _group(node: ast.List | ast.Tuple | ast.Set, frame: Frame, project: Project) -> Value:
    items: list[Value] = []
    for element in node.elts:
        if type(element) is ast.Starred:
            spread = evaluate(element.value, frame, project)
            items += spread.items if isinstance(spread, Group) else [spread]
        elif len(items) < MOST_ITEMS or type(element) is not ast.Constant:
            items.append(evaluate(element, frame, project))
    return Group(items)


def _dict(node: ast.Dict, frame: Frame, project: Project) -> Value:
    keys: list[object] = []
    items: list[Value] = []
    for key, value in zip(node.keys, node.values, strict=True):
        if len(items) >= MOST_ITEMS and type(value) is ast.Constant:
            continue
        item = evaluate(value, frame, project)
        if key is None:
            if isinstance(item, Group) and item.keys is not None:
                keys += item.keys
                items += item.items
            continue
        known = evaluate(key, frame, project)
        keys.append(known.value if isinstance(known, Literal) else None)
        items.append(item)
    return Group(items, keys)


def _subscript(node: ast.Subscript, frame: Frame, project: Project) -> Value:
    value = evaluate(node.value, frame, project)
    index = evaluate(node.slice, frame, project)
    found = []
    for option in options(value):
        if type(option) is Known and type(index) is Literal and type(index.value) is str:
            # os.environ["TOKEN"], streamlit.secrets["key"]: a look-up that says what is looked up.
            place = frame.module.place(node)
            frame.record.seen.append(Seen(f"{option.name}.__getitem__", "call", place, (repr(index.value),), {}))
        if isinstance(option, Group) and isinstance(index, Literal):
            member = option.under(index.value)
            if member is not None:
                found.append(member)
                continue
        if isinstance(option, Group) and not isinstance(index, Literal) and option.items:
            found.append(either(option.items))
            continue
        rows = rows_at(option, index, node, frame)
        if type(index) is Group and index.keys is None and index.items and project.markers:
            rows = _columns(rows, index, node, frame, project)
        found.append(rows)
    return either(found)


def _columns(rows: Thing, index: Group, node: ast.AST, frame: Frame, project: Project) -> Thing:
    """Columns chosen by a written list: detectors see it as a call of ``[]``."""
    call = Call("[]", "", None, (index,), {}, frame.module, node)
    made = frozenset(mark for marker in project.markers for mark in marker(call))
    kept = frozenset(mark for mark in rows.marks if "[]" not in mark.lost_through) if rows.marks else rows.marks
    return Thing(rows.name, rows.role, joined(kept, made), rows.sources, call=rows.call)


def rows_at(value: Value, index: Value, node: ast.AST, frame: Frame) -> Thing:
    """Some rows or columns of a value; an index that came out of a splitter puts them on its side of the split."""
    before = past(value)
    name = value.name if isinstance(value, Thing) else ""
    role = past(index).role
    if role and not before.role:
        if before.marks:
            record_split(before, node, frame)
        return Thing(name, role, carried_on(before.marks), before.sources)
    return Thing(name, before.role, before.marks, before.sources)


def record_split(rows: Past, node: ast.AST, frame: Frame) -> None:
    """Rows taken apart by an index or a slice: a split without a splitter's call."""
    call = Call("[]", "", None, (), {}, frame.module, node)
    call.split = rows
    frame.record.calls.append(call)


def _together(nodes: list[ast.expr], frame: Frame, project: Project) -> Value:
    """A value made of several whose form is not followed: only their history counts."""
    before = past_of([evaluate(node, frame, project) for node in nodes])
    return Thing("", before.role, before.marks, before.sources)


def _binary(node: ast.BinOp, frame: Frame, project: Project) -> Value:
    # A long sum leans to the left: walked in a loop, so that its length costs no depth.
    operands = []
    left: ast.expr = node
    operators = set()
    while isinstance(left, ast.BinOp):
        operands.append(left.right)
        operators.add(type(left.op))
        left = left.left
    operands.append(left)
    values = [evaluate(operand, frame, project) for operand in reversed(operands)]
    if operators == {ast.Add} and all(isinstance(value, Group) and value.keys is None for value in values):
        return Group([item for value in values for item in value.items][: 4 * MOST_ITEMS])  # type: ignore[attr-defined]
    if operators == {ast.BitOr} and all(isinstance(value, Group) and value.keys is not None for value in values):
        return Group(
            [item for value in values for item in value.items],  # type: ignore[attr-defined]
            [key for value in values for key in value.keys],  # type: ignore[attr-defined]
        )
    before = past_of(values)
    name = next((value.name for value in values if isinstance(value, Thing) and value.name.startswith("pandas.")), "")
    return Thing(name, before.role, before.marks, before.sources)


def _unary(node: ast.UnaryOp, frame: Frame, project: Project) -> Value:
    value = evaluate(node.operand, frame, project)
    if isinstance(value, Literal) and isinstance(node.op, ast.USub) and type(value.value) in (int, float):
        return Literal(-value.value)  # type: ignore[operator]
    before = past(value)
    return Thing("", before.role, before.marks, before.sources)


def _compare(node: ast.Compare, frame: Frame, project: Project) -> Value:
    return _together([node.left, *node.comparators], frame, project)


def _boolean(node: ast.BoolOp, frame: Frame, project: Project) -> Value:
    return either([evaluate(value, frame, project) for value in node.values])


def _conditional(node: ast.IfExp, frame: Frame, project: Project) -> Value:
    evaluate(node.test, frame, project)
    return either([evaluate(node.body, frame, project), evaluate(node.orelse, frame, project)])


def _lambda(node: ast.Lambda, frame: Frame, project: Project) -> Value:
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    names: dict[str, Value] = {argument.arg: Thing(sources=project.fresh_source()) for argument in arguments}
    inner = Frame(names, frame, frame.module, frame.record, frame.owner, frame.level)
    return evaluate(node.body, inner, project)


def _comprehension(
    node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, frame: Frame, project: Project
) -> Value:
    inner = Frame({}, frame, frame.module, frame.record, frame.owner, frame.level)
    picked = _picked(node, inner, project) if isinstance(node, ast.ListComp | ast.SetComp) else None
    if picked is not None:
        return picked
    for generator in node.generators:
        bind(generator.target, element_of(evaluate(generator.iter, inner, project)), inner, project)
        for condition in generator.ifs:
            evaluate(condition, inner, project)
    if isinstance(node, ast.DictComp):
        evaluate(node.key, inner, project)
        return Group([evaluate(node.value, inner, project)], [None])
    return Group([evaluate(node.elt, inner, project)])


def _picked(node: ast.ListComp | ast.SetComp, inner: Frame, project: Project) -> Group | None:
    """``[name for name in COLUMNS if name != "sex"]``: members of a written list that conditions leave over.

    None for anything else, and where one of the conditions cannot be told from the code.
    """
    generator = node.generators[0]
    target = generator.target
    if len(node.generators) > 1 or not isinstance(target, ast.Name) or not isinstance(node.elt, ast.Name):
        return None
    if node.elt.id != target.id or any(isinstance(part, ast.Call) for test in generator.ifs for part in ast.walk(test)):
        return None
    given = evaluate(generator.iter, inner, project)
    if not isinstance(given, Group):
        return None
    members = given.items if given.keys is None else [Literal(key) for key in given.keys]
    kept: list[Value] = []
    for member in members:
        if not isinstance(member, Literal):
            return None
        inner.names[target.id] = member
        told = [_holds(test, inner, project) for test in generator.ifs]
        if None in told:
            return None
        if all(told):
            kept.append(member)
    return Group(kept)


def _holds(test: ast.expr, frame: Frame, project: Project) -> bool | None:
    """Whether a comparison of written values holds; None where that cannot be told."""
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1):
        return None
    left, right = evaluate(test.left, frame, project), evaluate(test.comparators[0], frame, project)
    operator = test.ops[0]
    if not isinstance(left, Literal):
        return None
    if isinstance(operator, ast.Eq | ast.NotEq) and isinstance(right, Literal):
        return (left.value == right.value) is isinstance(operator, ast.Eq)
    if isinstance(operator, ast.In | ast.NotIn) and isinstance(right, Group):
        others = right.items if right.keys is None else [Literal(key) for key in right.keys]
        if all(isinstance(other, Literal) for other in others):
            found = any(isinstance(other, Literal) and other.value == left.value for other in others)
            return found is isinstance(operator, ast.In)
    return None


def _named(node: ast.NamedExpr, frame: Frame, project: Project) -> Value:
    value = evaluate(node.value, frame, project)
    bind(node.target, value, frame, project)
    return value


def _await(node: ast.Await, frame: Frame, project: Project) -> Value:
    return evaluate(node.value, frame, project)


def _yield(node: ast.Yield, frame: Frame, project: Project) -> Value:
    if node.value is not None:
        # A generator stands for the list of what it yields.
        frame.results.append(Group([evaluate(node.value, frame, project)]))
    return Thing()


def _yield_from(node: ast.YieldFrom, frame: Frame, project: Project) -> Value:
    frame.results.append(evaluate(node.value, frame, project))
    return Thing()


def _joined(node: ast.JoinedStr, frame: Frame, project: Project) -> Value:
    for value in node.values:
        if isinstance(value, ast.FormattedValue):
            evaluate(value.value, frame, project)
    first = node.values[0] if node.values else None
    return Begun(first.value) if isinstance(first, ast.Constant) and isinstance(first.value, str) else Thing()


def _slice(node: ast.Slice, frame: Frame, project: Project) -> Value:
    return _together([part for part in (node.lower, node.upper, node.step) if part is not None], frame, project)


def _starred(node: ast.Starred, frame: Frame, project: Project) -> Value:
    return evaluate(node.value, frame, project)


def bind(target: ast.expr, value: Value, frame: Frame, project: Project, *, unpacked: bool = False) -> None:
    """Give the names of an assignment's left side their values.

    Parameters
    ----------
    target : ast.expr
        A name, an attribute, a subscript, or several in a tuple or list.
    value : Value
    frame : Frame
    project : Project
    unpacked : bool
        The value is one part of something unknown, so that the name may tell its role.
    """
    kind = type(target)
    if kind is ast.Name:
        name: str = target.id  # type: ignore[attr-defined]
        if type(value) is Thing and (unpacked if not value.role else value.role != "validation"):
            role = role_of_name(name)
            # What a split calls test rows, a name may reserve for choosing.
            if role and (not value.role or role == "validation"):
                value = Thing(value.name, role, carried_on(value.marks), value.sources, value.own, value.call)
        frame.names[name] = value
    elif kind is ast.Tuple or kind is ast.List:
        _unpack(target.elts, value, frame, project)  # type: ignore[attr-defined]
    elif kind is ast.Starred:
        bind(target.value, value, frame, project)  # type: ignore[attr-defined]
    elif kind is ast.Attribute:
        _set_attribute(target, value, frame, project)  # type: ignore[arg-type]
    elif kind is ast.Subscript:
        _set_member(target, value, frame, project)  # type: ignore[arg-type]


def _unpack(targets: list[ast.expr], value: Value, frame: Frame, project: Project) -> None:
    starred = next((place for place, target in enumerate(targets) if isinstance(target, ast.Starred)), None)
    known = [option for option in options(value) if isinstance(option, Group) and option.keys is None]
    fitting = [option for option in known if len(option.items) == len(targets) and starred is None]
    rest = [option for option in options(value) if option not in known or option not in fitting]
    whole = past_of(rest)
    if not fitting and whole.marks and not whole.role:
        roles = {role_of_name(target.id) for target in targets if isinstance(target, ast.Name)}
        if "train" in roles and not roles.isdisjoint(("test", "validation")):
            # Unpacked into training and test rows: a split by a function that is not known.
            record_split(whole, targets[0], frame)
    is_split = any(past(option.items[0]).role == "train" for option in fitting if option.items)
    for place, target in enumerate(targets):
        parts = [option.items[place] for option in fitting]
        if rest or not parts:
            parts.append(Thing("", whole.role, whole.marks, whole.sources))
        part = either(parts)
        if is_split and isinstance(target, ast.Name):
            part = between(part, target.id)
        bind(target, part, frame, project, unpacked=not fitting)


def _set_attribute(target: ast.Attribute, value: Value, frame: Frame, project: Project) -> None:
    receiver = evaluate(target.value, frame, project)
    for mark in past(value).marks:
        if mark.watched:
            frame.record.went.append(Went(mark, "", ""))
    if isinstance(receiver, Thing):
        if isinstance(receiver.own, OwnClass):
            names = receiver.own.names
            before = names.get(target.attr)
            names[target.attr] = value if before is None else either([value, before])
        elif isinstance(target.value, ast.Name):
            _taint(target.value.id, receiver, value, frame)


def _set_member(target: ast.Subscript, value: Value, frame: Frame, project: Project) -> None:
    receiver = evaluate(target.value, frame, project)
    index = evaluate(target.slice, frame, project)
    if isinstance(receiver, Group):
        if receiver.keys is not None and len(receiver.items) < MOST_ITEMS:
            receiver.keys.append(index.value if isinstance(index, Literal) else None)
            receiver.items.append(value)
        return
    owner: ast.expr = target.value
    while isinstance(owner, ast.Attribute | ast.Subscript):
        owner = owner.value
    if isinstance(owner, ast.Name):
        held = look_up(owner.id, frame)
        if isinstance(held, Thing) and held.own is None:
            _taint(owner.id, held, value, frame)


def _taint(name: str, held: Thing, value: Value, frame: Frame) -> None:
    """What is stored into part of a table becomes part of its history."""
    added = past(value)
    if added.marks - held.marks:
        frame.names[name] = Thing(
            held.name, held.role, joined(held.marks, added.marks), held.sources, held.own, held.call
        )


_HANDLERS: dict[type, Callable[..., Value]] = {
    ast.Attribute: _attribute,
    ast.Await: _await,
    ast.BinOp: _binary,
    ast.BoolOp: _boolean,
    ast.Call: _call,
    ast.Compare: _compare,
    ast.Dict: _dict,
    ast.DictComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.IfExp: _conditional,
    ast.JoinedStr: _joined,
    ast.Lambda: _lambda,
    ast.List: _group,
    ast.ListComp: _comprehension,
    ast.NamedExpr: _named,
    ast.Set: _group,
    ast.SetComp: _comprehension,
    ast.Slice: _slice,
    ast.Starred: _starred,
    ast.Subscript: _subscript,
    ast.Tuple: _group,
    ast.UnaryOp: _unary,
    ast.Yield: _yield,
    ast.YieldFrom: _yield_from,
}
