"""Calls and attributes: what is called under which qualified name, and what the call gives."""

from __future__ import annotations

import ast
import re
import sys
from typing import Final

from fatesline.checking.flow.project import Project
from fatesline.checking.flow.roles import split_by
from fatesline.checking.flow.scopes import Frame, OwnClass, OwnFunction, Record, Seen, Went
from fatesline.checking.flow.settings import FROM_OPENED, FROM_PATH, OF_A_TOOL
from fatesline.checking.flow.values import (
    MOST_ITEMS,
    NO_MARKS,
    Call,
    Either,
    Group,
    Known,
    Literal,
    Mark,
    Opened,
    Own,
    OwnModule,
    Partial,
    Past,
    Thing,
    Value,
    either,
    joined,
    options,
    past,
    past_of,
    written,
)

#: Chains of methods on results are named up to this many parts; what follows is not told apart.
_LONGEST_NAME = 7

#: Libraries whose results are tables and arrays, each method giving another one of the same kind.
_TABLE_OF = {"pandas": "pandas.DataFrame", "numpy": "numpy.ndarray"}

_TABLES = frozenset(_TABLE_OF.values())

#: Handing one of these to a function of the project tells nothing that its own body does not.
_COMMON = sys.stdlib_module_names | {"builtins", "numpy", "pandas", "scipy", "matplotlib", "seaborn", "pytest"}

#: Functions that put rows below each other.
_JOINING = frozenset({"numpy.append", "numpy.concatenate", "numpy.vstack", "pandas.concat"})

#: Libraries whose calls take their settings in dicts as well.
_SETTINGS_IN_DICTS = frozenset(
    {"catboost", "dask_ml", "imblearn", "lightgbm", "sagemaker", "sklearn", "skopt", "xgboost"}
)

#: Methods of a path that give what its file holds.
_OPENING = frozenset({"pathlib.Path.open", "pathlib.Path.read_text", "pathlib.Path.read_bytes"})

#: Methods of unknown objects whose names are long enough to tell something by themselves.
_TELLING_METHOD = re.compile(r"(?=.{8})[a-z]+(_[a-z]|[A-Z])")

#: Keywords that tell something whatever takes them.
_TELLING_KEYWORDS = frozenset(
    {
        "class_weight", "class_weights", "n_cross_validations", "nfolds", "pos_weight", "pred_contrib", "pred_contribs",
        "random_seed", "random_state", "registered_model_name", "safe_serialization", "sample_weight",
        "scale_pos_weight", "seed", "use_safetensors", "validation_split",
    }
)  # fmt: skip

#: Names under which code takes a logger that somebody else made.
_LOGGERS = frozenset({"LOG", "LOGGER", "_log", "_logger", "log", "logger"})

#: Attributes that tell of the shape and names of rows, not of their values.
_NOT_ROWS = frozenset({"columns", "dtype", "dtypes", "feature_names", "name", "names", "ndim", "shape", "size"})

#: Builtins that look at their argument, or at its type, and hand nothing over.
_LOOKING = frozenset(
    f"builtins.{name}"
    for name in ("callable", "getattr", "hasattr", "id", "isinstance", "issubclass", "len", "print", "repr", "type")
)

#: Builtins that give back the members of what they take.
_SAME_MEMBERS = frozenset(f"builtins.{name}" for name in ("frozenset", "list", "reversed", "set", "sorted", "tuple"))

_COPIES = frozenset({"copy.copy", "copy.deepcopy", "sklearn.base.clone", "sklearn.clone"})

#: Methods that give back the instance they are called on, changed.
_SELF_METHODS = frozenset({"fit", "partial_fit", "set_params", "set_output", "to", "eval", "cuda", "cpu"})

#: Methods that pick one of the figures they are called on.
_CHOOSING = frozenset({"argmax", "argmin", "idxmax", "idxmin"})

_FITTING: Final = ("fit", "partial_fit")


def attribute(value: Value, name: str, frame: Frame, project: Project) -> Value:
    """What ``value.name`` stands for."""
    if isinstance(value, Known):
        return Known(f"{value.name}.{name}")
    if isinstance(value, OwnModule):
        return _member_of_module(value, name, frame, project)
    if isinstance(value, Own):
        if isinstance(value.definition, OwnClass):
            return _member_of_class(value.definition, name, None, frame) or Thing()
        return Thing()
    if isinstance(value, Either):
        return either([attribute(option, name, frame, project) for option in value.options])
    if isinstance(value, Thing):
        if isinstance(value.own, OwnClass):
            member = _member_of_class(value.own, name, value, frame)
            if isinstance(member, Own) and _is_property(member):
                given = member.definition.result if isinstance(member.definition, OwnFunction) else None
                return given if given is not None else Thing()
            if member is not None:
                return Thing(member.name) if isinstance(member, Known) else member
        if name in _NOT_ROWS:
            return Thing()
        if name == "steps" and value.call is not None:
            steps = value.call.argument(0, "steps")
            if isinstance(steps, Group):
                return steps
        marks = value.marks
        if marks and any(name in mark.lost_through for mark in marks):
            marks = frozenset(mark for mark in marks if name not in mark.lost_through)
        return Thing(_longer(value.name, name), value.role, marks, value.sources)
    before = past(value)
    return Thing("", before.role, before.marks, before.sources)


def _is_property(member: Own) -> bool:
    decorators = getattr(member.definition.node, "decorator_list", ())
    return any(getattr(one, "id", getattr(one, "attr", "")) in ("property", "cached_property") for one in decorators)


def _longer(name: str, part: str) -> str:
    if not name:
        return ""
    root = name.partition(".")[0]
    if root in _TABLE_OF:
        return name
    return f"{name}.{part}" if name.count(".") < _LONGEST_NAME else ""


def _member_of_module(value: OwnModule, name: str, frame: Frame, project: Project) -> Value:
    module = value.module
    found = module.frame.names.get(name) if module is not None else None
    if found is not None:
        if isinstance(found, Own):
            frame.record.references.add(found.definition)
        return found
    location = project.below(value.location, name)
    if location is not None:
        return OwnModule(project.module_at(location), location)
    if module is None:
        return Thing()
    if module.starred:
        return Known(f"{module.starred[-1]}.{name}")
    if module.path.endswith("__init__.py") and module.state == "read" and "__getattr__" not in module.frame.names:
        # A package of the project in which there is no such module: whoever calls it gets an error, not a component.
        return Thing()
    return Known(f"{module.name}.{name}")


def _member_of_class(owner: OwnClass, name: str, receiver: Value | None, frame: Frame) -> Value | None:
    """A method, bound to the receiver if there is one, an attribute, or a member of a library's base class."""
    for one in owner.lineage():
        found = one.names.get(name)
        if found is None:
            continue
        if isinstance(found, Own):
            frame.record.references.add(found.definition)
            return Own(found.definition, receiver) if isinstance(found.definition, OwnFunction) else found
        return found
    bases = owner.library_bases()
    return Known(f"{bases[0]}.{name}") if bases else None


def call_target(receiver: Value, name: str, frame: Frame, project: Project) -> Value:
    """What is called by ``receiver.name(...)``: like :func:`attribute`, but an instance keeps its method apart."""
    if isinstance(receiver, Thing):
        if isinstance(receiver.own, OwnClass):
            member = _member_of_class(receiver.own, name, receiver, frame)
            if isinstance(member, Own):
                return member
            if member is not None and not isinstance(member, Known):
                return member
            return Method(receiver, name, member.name if member is not None else f"{receiver.name}.{name}")
        qualified = _longer(receiver.name, name)
        return Method(receiver, name, f"{qualified}.{name}" if qualified in _TABLES else qualified)
    if isinstance(receiver, Either):
        return either([call_target(option, name, frame, project) for option in receiver.options])
    if isinstance(receiver, Literal | Group | Partial):
        return Method(receiver, name, "")
    return attribute(receiver, name, frame, project)


class Method(Value):
    """A method of an instance, about to be called; ``qualified`` is empty when the instance is unknown."""

    __slots__ = ("name", "qualified", "receiver")

    def __init__(self, receiver: Value, name: str, qualified: str) -> None:
        self.receiver = receiver
        self.name = name
        self.qualified = qualified


def invoke(
    target: Value,
    positional: tuple[Value, ...],
    keywords: dict[str, Value],
    node: ast.AST,
    frame: Frame,
    project: Project,
) -> Value:
    """What calling a value gives; the call is recorded under its qualified name.

    Parameters
    ----------
    target : Value
        What is called; for each of several alternatives the call is recorded.
    positional, keywords : arguments
    node : ast.AST
        Where the call stands.
    frame, project
    """
    if isinstance(target, Known):
        if target.name.startswith("builtins."):
            return _builtin(target.name, positional, keywords, frame)
        return _library_call(target.name, "", None, positional, keywords, node, frame, project)
    if isinstance(target, Method):
        if _is_logger(node) and target.qualified.partition(".")[0] not in _TABLE_OF:
            frame.record.seen.append(Seen(f"?.logger.{target.name}", "call", frame.module.place(node), (), {}))
        if target.qualified:
            return _library_call(
                target.qualified, target.name, target.receiver, positional, keywords, node, frame, project
            )
        return _unknown_call(target, positional, keywords, node, frame, project)
    if isinstance(target, Own):
        return project.follow(target, positional, keywords, node, frame)
    if isinstance(target, Partial):
        merged = {**target.keywords, **keywords}
        return invoke(target.function, target.positional + positional, merged, node, frame, project)
    if isinstance(target, Either):
        return either([invoke(one, positional, keywords, node, frame, project) for one in target.options])
    if isinstance(target, Thing) and target.name and target.own is None:
        return _library_call(f"{target.name}.__call__", "__call__", target, positional, keywords, node, frame, project)
    if isinstance(target, Thing) and isinstance(target.own, OwnClass):
        member = _member_of_class(target.own, "__call__", target, frame)
        if isinstance(member, Own):
            return project.follow(member, positional, keywords, node, frame)
    return _unknown_call(target, positional, keywords, node, frame, project)


def _builtin(name: str, positional: tuple[Value, ...], keywords: dict[str, Value], frame: Frame) -> Value:
    arguments = (*positional, *keywords.values())
    before = past_of(arguments)
    for mark in before.marks:
        if mark.watched:
            frame.record.went.append(Went(mark, name, ""))
    if name not in _LOOKING:
        _hand_over(arguments, None, frame)
    first = positional[0] if positional else None
    if name in _SAME_MEMBERS and first is not None:
        if isinstance(first, Group):
            return Group(list(first.items) if first.keys is None else [Literal(key) for key in first.keys])
        return first
    if name == "builtins.dict":
        if not positional:
            return Group(list(keywords.values()), list(keywords))
        if isinstance(first, Group) and first.keys is not None:
            return Group([*first.items, *keywords.values()], [*first.keys, *keywords])
    elif name == "builtins.open":
        if isinstance(first, Literal) and isinstance(first.value, str):
            return Opened(first.value)
    elif name == "builtins.enumerate" and first is not None:
        return Group([Group([Thing(), element_of(first)])])
    elif name == "builtins.zip" and positional:
        return _zipped(positional)
    elif name == "builtins.next" and first is not None:
        return element_of(first)
    elif name == "builtins.getattr" and first is not None and len(positional) > 1:
        wanted = positional[1]
        if isinstance(first, OwnModule) and first.module is not None and not isinstance(wanted, Literal):
            # Looked up by a name that only running tells: any of them may be meant.
            frame.record.references.update(first.module.definitions)
        if isinstance(first, Known) and isinstance(wanted, Literal) and isinstance(wanted.value, str):
            return Known(f"{first.name}.{wanted.value}")
    return Thing("", before.role, before.marks, before.sources)


def _zipped(values: tuple[Value, ...]) -> Value:
    lengths = {len(value.items) if isinstance(value, Group) and value.keys is None else -1 for value in values}
    if len(lengths) == 1 and -1 not in lengths:
        rows = zip(*(value.items for value in values if isinstance(value, Group)), strict=True)
        return Group([Group(list(row)) for row in rows])
    return Group([Group([element_of(value) for value in values])])


def element_of(value: Value) -> Value:
    """What a loop over a value gives."""
    if isinstance(value, Group):
        if value.keys is not None:
            return either([Literal(key) if key is not None else Thing() for key in value.keys] or [Thing()])
        return either(value.items or [Thing()])
    if isinstance(value, Either):
        return either([element_of(option) for option in value.options])
    before = past(value)
    return Thing("", before.role, before.marks, before.sources)


def method_of_group(group: Group, name: str, positional: list[Value]) -> Value:
    """What a method of a list or dict gives; appended members are kept."""
    first = positional[0] if positional else None
    if group.keys is None:
        if len(group.items) < MOST_ITEMS and first is not None:
            if name in ("append", "add"):
                group.items.append(first)
            elif name in ("extend", "update") and isinstance(first, Group):
                group.items += first.items[:MOST_ITEMS]
            elif name == "insert" and len(positional) > 1:
                where = first.value if isinstance(first, Literal) and isinstance(first.value, int) else len(group.items)
                group.items.insert(where, positional[1])
        if name == "pop":
            return element_of(group)
        return group if name == "copy" else Thing()
    if name == "items":
        keys: list[Value] = [Literal(key) if key is not None else Thing() for key in group.keys]
        return Group([Group([key, item]) for key, item in zip(keys, group.items, strict=True)])
    if name == "values":
        return Group(list(group.items))
    if name == "keys":
        return Group([Literal(key) for key in group.keys])
    if name == "copy":
        return Group(list(group.items), list(group.keys))
    if name == "update" and isinstance(first, Group) and first.keys is not None and len(group.items) < MOST_ITEMS:
        group.items += first.items
        group.keys += first.keys
        return Thing()
    if name in ("get", "pop", "setdefault") and isinstance(first, Literal):
        return group.under(first.value) or (positional[1] if len(positional) > 1 else Thing())
    return either(group.items) if name in ("get", "pop") and group.items else Thing()


def _hand_over(arguments: tuple[Value, ...], place_of: ast.AST | None, frame: Frame) -> None:
    """Functions and classes handed to a call: the receiver of them may call them."""
    for argument in arguments:
        kind = type(argument)
        if kind is Thing or kind is Literal:
            continue
        if isinstance(argument, Group):
            members = argument.items[:MOST_ITEMS]
        elif isinstance(argument, Either):
            members = argument.options
        else:
            members = [argument]
        for member in members:
            if isinstance(member, Own):
                member.definition.escapes = True
            elif isinstance(member, Known) and place_of is not None and not member.name.startswith("builtins."):
                place = frame.module.place(place_of)
                frame.record.seen.append(Seen(public_name(member.name), "reference", place, (), {}))


def _library_call(
    name: str,
    method: str,
    receiver: Value | None,
    positional: tuple[Value, ...],
    keywords: dict[str, Value],
    node: ast.AST,
    frame: Frame,
    project: Project,
) -> Value:
    record = frame.record
    name = public_name(name)
    call = Call(name, method, receiver, positional, keywords, frame.module, node)
    arguments = (*positional, *keywords.values()) if keywords else positional
    if name == "functools.partial" and positional:
        return _partial(positional, keywords, node, frame, project)
    texts = tuple([written(value) for value in positional]) if positional else ()
    named = {key: written(value) for key, value in keywords.items()} if keywords else {}
    if arguments and name.partition(".")[0] in _SETTINGS_IN_DICTS:
        named.update(_settings(positional, keywords))
    record.seen.append(Seen(name, "call", call.place, texts, named))
    _hand_over(arguments, node, frame)
    before = past_of((receiver, *arguments)) if receiver is not None else past_of(arguments)
    if before.role and name in _JOINING and _are_of_all_sides(positional):
        before = Past("", before.marks, before.sources)
    if before.marks:
        for mark in before.marks:
            if mark.watched:
                record_went(mark, call, record)
    if name in _COPIES and positional:
        return positional[0]
    loaded = _loaded(name, receiver, positional, frame, project)
    if loaded is not None:
        return loaded
    if name.partition(".")[0] in project.telling_roots:
        record.calls.append(call)
        given = _telling_result(call, before, frame, project)
        if given is not None:
            return given
    if isinstance(receiver, Thing) and (method in _SELF_METHODS or method.startswith("set_")):
        return receiver
    return Thing(_result_name(name), before.role, before.marks, before.sources or project.fresh_source(), call=call)


def _are_of_all_sides(parts: tuple[Value, ...]) -> bool:
    """Whether training rows are put together with others: what comes out is on no side of a split any more."""
    members = (member for part in parts for member in (part.items if isinstance(part, Group) else [part]))
    roles = {past(member).role for member in members}
    return "train" in roles and len(roles - {""}) > 1


def _loaded(
    name: str, receiver: Value | None, positional: tuple[Value, ...], frame: Frame, project: Project
) -> Value | None:
    """What a call gives that opens a file of settings or loads one; None for other calls."""
    first = positional[0] if positional else None
    if name in FROM_OPENED and isinstance(first, Opened):
        return project.settings.loaded(first.path, frame.module.path)
    if name in FROM_PATH and isinstance(first, Literal) and isinstance(first.value, str):
        return project.settings.loaded(first.value, frame.module.path)
    if name in OF_A_TOOL:
        return project.settings.loaded(OF_A_TOOL[name], frame.module.path)
    if name in _OPENING and isinstance(receiver, Thing) and receiver.call is not None:
        path = receiver.call.argument(0, "path")
        if isinstance(path, Literal) and isinstance(path.value, str):
            return Opened(path.value)
    return None


def _settings(positional: tuple[Value, ...], keywords: dict[str, Value]) -> dict[str, str]:
    """Settings given in dicts, such as ``param_grid``, under the name of the argument and theirs."""
    found: dict[str, str] = {}
    for name, value in (*(("", one) for one in positional), *keywords.items()):
        if type(value) is Thing:
            continue
        for option in options(value):
            if isinstance(option, Group) and option.keys is not None:
                for key, item in zip(option.keys, option.items, strict=True):
                    if isinstance(key, str):
                        found[f"{name}__{key}"] = written(item)
    return found


def record_went(mark: Mark, call: Call, record: Record) -> None:
    """A watched mark goes into a call, under the keyword or position at which it does."""
    keyword = next((key for key, value in call.keywords.items() if mark in past(value).marks), "")
    if not keyword and call.method not in _CHOOSING and not any(mark in past(value).marks for value in call.positional):
        # Only the receiver carries it: looking at its own method hands nothing over.
        return
    record.went.append(Went(mark, call.name, keyword))


def _result_name(name: str) -> str:
    return _TABLE_OF.get(name.partition(".")[0], name)


def _telling_result(call: Call, before: Past, frame: Frame, project: Project) -> Value | None:
    """The result of a call that a detector marks, or that splits rows; None when it is as of any other call."""
    made = [mark for marker in project.markers for mark in marker(call)]
    split = split_by(call)
    if split is not None:
        call.split, given = split
        if given is not None:
            return given
    receiver = call.receiver
    if call.method in _FITTING or call.method.startswith("fit_"):
        _refit(receiver, made)
    if call.method in ("fit_resample", "fit_sample"):
        sides: list[Value] = []
        for argument in call.positional[:2] or call.keywords.values():
            old = past(argument)
            sides.append(Thing("", old.role, joined(old.marks, frozenset(made)), old.sources))
        frame.record.made += made
        return Group(sides) if len(sides) == 2 else None
    if not made:
        return None
    frame.record.made += made
    if call.method in _SELF_METHODS and isinstance(receiver, Thing):
        return receiver
    marks = joined(before.marks, frozenset(made))
    plain = Thing("", before.role, before.marks, before.sources)
    marked = Thing(call.name, before.role, marks, before.sources or project.fresh_source(), call=call)
    part = max(mark.part for mark in made)
    return marked if part < 0 else Group([*([plain] * part), marked])


def _refit(receiver: Value | None, made: list[Mark]) -> None:
    """An instance fitted anew forgets what its former fit had seen."""
    if isinstance(receiver, Thing):
        kept = frozenset(mark for mark in receiver.marks if mark.watched) if receiver.marks else NO_MARKS
        receiver.marks = joined(kept, frozenset(made))


def _partial(
    positional: tuple[Value, ...], keywords: dict[str, Value], node: ast.AST, frame: Frame, project: Project
) -> Value:
    function, *bound = positional
    place = frame.module.place(node)
    for option in options(function):
        if isinstance(option, Known):
            texts = {key: written(value) for key, value in keywords.items()}
            frame.record.seen.append(Seen(public_name(option.name), "call", place, (), texts))
        elif isinstance(option, Own):
            option.definition.escapes = True
    return Partial(function, tuple(bound), keywords)


def _unknown_call(
    target: Value,
    positional: tuple[Value, ...],
    keywords: dict[str, Value],
    node: ast.AST,
    frame: Frame,
    project: Project,
) -> Value:
    """A call of something unknown: only the history of what goes in is known of what comes out."""
    arguments = (*positional, *keywords.values()) if keywords else positional
    _hand_over(arguments, node, frame)
    if isinstance(target, Method):
        receiver, name, method = target.receiver, f"?.{target.name}", target.name
    else:
        receiver, name, method = target, "?", ""
    if _TELLING_METHOD.match(method) is not None or (keywords and not _TELLING_KEYWORDS.isdisjoint(keywords)):
        texts = tuple([written(value) for value in positional])
        named = {key: written(value) for key, value in keywords.items()}
        frame.record.seen.append(Seen(name, "call", frame.module.place(node), texts, named))
    before = past_of((receiver, *arguments))
    call = Call(name, method, receiver, positional, keywords, frame.module, node)
    for mark in before.marks:
        if mark.watched:
            record_went(mark, call, frame.record)
    made = [mark for marker in project.markers for mark in marker(call)]
    return Thing("", before.role, joined(before.marks, frozenset(made)), before.sources, call=call)


def _is_logger(node: ast.AST) -> bool:
    """Whether a method is called on a parameter or an attribute that is named like a logger."""
    function = node.func if isinstance(node, ast.Call) else None
    holder = function.value if isinstance(function, ast.Attribute) else None
    name = holder.id if isinstance(holder, ast.Name) else holder.attr if isinstance(holder, ast.Attribute) else ""
    return name in _LOGGERS


def public_name(name: str) -> str:
    """A qualified name without the private modules on its way: ``sklearn.svm._classes.SVC`` is ``sklearn.svm.SVC``."""
    if "._" not in name:
        return name
    first, *middle, last = name.split(".")
    return ".".join([first, *(part for part in middle if not part.startswith("_") or part.endswith("__")), last])


def tells(value: Value, depth: int = 3) -> bool:
    """Whether handing this to a function of the project can change what its body means."""
    for option in options(value):
        if isinstance(option, Thing):
            if option.marks or option.role or option.own is not None:
                return True
            if option.name and option.name.partition(".")[0] not in _COMMON:
                return True
        elif isinstance(option, Known):
            if option.name.partition(".")[0] not in _COMMON:
                return True
        elif isinstance(option, Own | Partial) or (
            depth and isinstance(option, Group) and any(tells(item, depth - 1) for item in option.items[:20])
        ):
            return True
    return False
