"""Statements in running order, and the functions and classes of the project that they define and call."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from fatesline.checking.flow.calls import attribute, element_of, public_name, tells
from fatesline.checking.flow.expressions import bind, evaluate, record_split
from fatesline.checking.flow.project import Project
from fatesline.checking.flow.roles import carried_on, role_of_name
from fatesline.checking.flow.scopes import Definition, Frame, Module, OwnClass, OwnFunction, Record, Seen, Went
from fatesline.checking.flow.taken_apart import taken_apart
from fatesline.checking.flow.values import (
    Call,
    Group,
    Known,
    Literal,
    Mark,
    Own,
    OwnModule,
    Thing,
    Value,
    either,
    joined,
    options,
    past,
    past_of,
    written,
)

#: A scope with more names is read without telling branches apart, or reading would take quadratic time.
_MOST_NAMES_IN_BRANCHES = 400

#: Statements nested deeper are not looked into; Python itself allows 100 levels of indentation.
_DEEPEST_STATEMENT = 70

#: A function is read on the way, when it is called before its turn, unless the reader is nested deeper than this;
#: what the reading itself adds to the nesting.
_DEEPEST_READING = 40
_COST_OF_READING = 6

#: Calls of the project's own functions that are read again for what they hand over: so many per file, so deep, and
#: functions up to so many lines.
_MOST_FOLLOWED = 200
_DEEPEST_FOLLOWED = 4
_LONGEST_FOLLOWED = 200

#: Decorators that change how a function is called, not who calls it.
_WRAPPERS = frozenset(
    {
        "builtins.classmethod",
        "builtins.property",
        "builtins.staticmethod",
        "contextlib.asynccontextmanager",
        "contextlib.contextmanager",
        "dataclasses.dataclass",
        "functools.cache",
        "functools.cached_property",
        "functools.lru_cache",
        "functools.singledispatch",
        "functools.total_ordering",
        "functools.wraps",
        "joblib.Memory.cache",
        "numba.jit",
        "numba.njit",
        "typing.final",
        "typing.overload",
        "typing.runtime_checkable",
    }
)


def declare(module: Module) -> None:
    """Make a module's functions and classes known before any code is read, for modules that import each other."""
    for statement in module.statements:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            _define(statement, module.frame)


def read_module(module: Module, project: Project) -> None:
    """Read what a module does when it is loaded."""
    module.state = "reading"
    run(module.statements, module.frame, project)
    _note_splits(module.statements, module.record)
    module.state = "read"
    project.judge(module.record)


def read_function(function: OwnFunction, project: Project) -> None:
    """Read a function's body once, knowing nothing of its arguments but names, defaults and annotations."""
    if function.state != "unread":
        return
    initialiser = function.owner.names.get("__init__") if function.owner is not None else None
    first = initialiser.definition if isinstance(initialiser, Own) else None
    if isinstance(first, OwnFunction) and first is not function and project.depth <= _DEEPEST_READING:
        # What it sets on the instance is known before the other methods are read.
        read_function(first, project)
    function.state = "reading"
    node = function.node
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    frame = Frame({}, function.frame, function.module, function.record, function.owner)
    receiver = Thing(function.owner.qualified, own=function.owner) if function.owner is not None else None
    _parameters(node.args, frame, project, receiver if not _is_static(node) else None)
    project.depth += _COST_OF_READING
    run(node.body, frame, project)
    _note_splits(node.body, function.record)
    project.depth -= _COST_OF_READING
    function.result = either(frame.results) if frame.results else Literal(None)
    function.size = (node.end_lineno or node.lineno) - node.lineno
    function.state = "read"
    project.judge(function.record)


def _note_splits(statements: Sequence[ast.stmt], record: Record) -> None:
    for part in taken_apart(statements):
        record.seen.append(Seen("split.by_hand", "call", record.module.place(part), (), {}))


def follow(
    own: Own,
    positional: tuple[Value, ...],
    keywords: dict[str, Value],
    node: ast.AST,
    frame: Frame,
    project: Project,
) -> Value:
    """What calling a function or class of the project gives.

    A function's body is read once for all its calls; it is read again for a call that hands over something that tells:
    rows on one side of a split, an instance of a library's class, a function.
    """
    definition = own.definition
    record = frame.record
    record.references.add(definition)
    place = frame.module.place(node)
    texts = {key: written(value) for key, value in keywords.items()}
    record.seen.append(Seen(definition.qualified, "call", place, tuple(written(value) for value in positional), texts))
    arguments = (*positional, *keywords.values())
    for argument in arguments:
        for option in options(argument):
            if isinstance(option, Own):
                option.definition.escapes = True
    before = past_of(arguments)
    if isinstance(definition, OwnClass):
        return _instance(definition, positional, keywords, texts, node, frame, project)
    assert isinstance(definition, OwnFunction)
    if definition.state == "unread" and project.depth <= _DEEPEST_READING and definition.module.state != "unread":
        read_function(definition, project)
    result = definition.result
    if definition.state != "read" or result is None:
        definition.escapes = True
        _went_into(definition, before.marks, record)
        return Thing("", before.role, before.marks, before.sources)
    if (
        project.follows
        and (any(tells(argument) for argument in arguments) or past(result).marks)
        and frame.level < _DEEPEST_FOLLOWED
        and project.depth <= _DEEPEST_READING
        and definition.size <= _LONGEST_FOLLOWED
        and project.followed.get(frame.module.path, 0) < _MOST_FOLLOWED
    ):
        project.followed[frame.module.path] = project.followed.get(frame.module.path, 0) + 1
        definition.followed = True
        return _followed(definition, own.receiver, positional, keywords, frame, project)
    definition.escapes = True
    _went_into(definition, before.marks, record)
    return _with_sources(result, before.sources)


def _went_into(definition: Definition, marks: frozenset[Mark], record: Record) -> None:
    for mark in marks:
        if mark.watched:
            record.went.append(Went(mark, definition.qualified, ""))


def _with_sources(value: Value, sources: frozenset[int], depth: int = 2) -> Value:
    """The result of a function for arguments that come from these sources."""
    if not sources:
        return value
    if isinstance(value, Thing):
        return Thing(value.name, value.role, value.marks, joined(value.sources, sources), value.own, value.call)
    if isinstance(value, Group) and value.keys is None and depth and len(value.items) <= 10:
        return Group([_with_sources(item, sources, depth - 1) for item in value.items])
    return value


def _followed(
    function: OwnFunction,
    receiver: Value | None,
    positional: tuple[Value, ...],
    keywords: dict[str, Value],
    frame: Frame,
    project: Project,
) -> Value:
    node = function.node
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    inner = Frame({}, function.frame, function.module, frame.record, function.owner, frame.level + 1)
    if function.owner is not None and receiver is None and not _is_static(node):
        receiver = Thing(function.owner.qualified, own=function.owner)
    _parameters(node.args, inner, project, receiver if not _is_static(node) else None)
    names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    if function.owner is not None and not _is_static(node):
        names = names[1:]
    for name, value in zip(names, positional, strict=False):
        inner.names[name] = value
    if node.args.vararg is not None:
        inner.names[node.args.vararg.arg] = Group(list(positional[len(names) :]))
    accepted = {*names, *(argument.arg for argument in node.args.kwonlyargs)}
    extra: dict[str, Value] = {}
    for name, value in keywords.items():
        (inner.names if name in accepted else extra)[name] = value
    if node.args.kwarg is not None:
        inner.names[node.args.kwarg.arg] = Group(list(extra.values()), list(extra))
    state, function.state = function.state, "reading"
    project.depth += _COST_OF_READING
    run(node.body, inner, project)
    project.depth -= _COST_OF_READING
    function.state = state
    return either(inner.results) if inner.results else Literal(None)


def _instance(
    definition: OwnClass,
    positional: tuple[Value, ...],
    keywords: dict[str, Value],
    texts: dict[str, str],
    node: ast.AST,
    frame: Frame,
    project: Project,
) -> Value:
    """An instance of a class of the project; one derived from a library's class is one of those too."""
    place = frame.module.place(node)
    for base in definition.library_bases():
        frame.record.seen.append(Seen(public_name(base), "call", place, (), texts))
    definition.escapes = True
    before = past_of((*positional, *keywords.values()))
    _went_into(definition, before.marks, frame.record)
    call = Call(definition.qualified, "", None, positional, keywords, frame.module, node)
    return Thing(definition.qualified, before.role, before.marks, before.sources, definition, call)


def _is_static(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(isinstance(decorator, ast.Name) and decorator.id == "staticmethod" for decorator in node.decorator_list)


def _parameters(arguments: ast.arguments, frame: Frame, project: Project, receiver: Value | None) -> None:
    """Give parameters what their names, annotations and defaults tell."""
    names = frame.names
    plain = [*arguments.posonlyargs, *arguments.args]
    if receiver is not None and plain:
        names[plain[0].arg] = receiver
        skipped = 1
    else:
        skipped = 0
    defaults: list[ast.expr | None] = [None] * (len(plain) - len(arguments.defaults))
    defaults += arguments.defaults
    pairs = [*zip(plain, defaults, strict=True)][skipped:]
    pairs += zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    for argument, default in pairs:
        value: Value = Thing(
            _annotated(argument.annotation, frame), role_of_name(argument.arg), sources=project.fresh_source()
        )
        if default is not None and not (isinstance(default, ast.Constant) and default.value is None):
            value = either([evaluate(default, frame, project), value])
        names[argument.arg] = value
    if arguments.vararg is not None:
        names[arguments.vararg.arg] = Thing(sources=project.fresh_source())
    if arguments.kwarg is not None:
        names[arguments.kwarg.arg] = Thing(sources=project.fresh_source())


def _annotated(annotation: ast.expr | None, frame: Frame) -> str:
    """The library class that a plain annotation names, else empty."""
    parts: list[str] = []
    while isinstance(annotation, ast.Attribute):
        parts.append(annotation.attr)
        annotation = annotation.value
    if not isinstance(annotation, ast.Name):
        return ""
    scope: Frame | None = frame
    while scope is not None:
        found = scope.names.get(annotation.id)
        if found is not None:
            return ".".join([found.name, *reversed(parts)]) if isinstance(found, Known) else ""
        scope = scope.outer
    return ""


def run(statements: Sequence[ast.stmt], frame: Frame, project: Project) -> bool:
    """Read statements in order.

    Returns
    -------
    bool
        True when the code after them is not reached from here: they return, raise, break or continue.
    """
    for statement in statements:
        handler = _HANDLERS.get(type(statement))
        if handler is None:
            continue
        if project.depth >= _DEEPEST_STATEMENT and handler in _NESTING:
            continue
        if handler(statement, frame, project):
            return True
    return False


def _branches(branches: list[Callable[[], bool]], frame: Frame) -> bool:
    """Read alternatives from the same start; afterwards a name stands for what any of them left it as."""
    start = frame.names
    tell_apart = len(start) <= _MOST_NAMES_IN_BRANCHES
    ends: list[dict[str, Value]] = []
    left = True
    for branch in branches:
        if tell_apart:
            frame.names = dict(start)
        leaves = branch()
        left = left and leaves
        if not leaves:
            ends.append(frame.names)
    if not tell_apart:
        return left
    if not ends:
        frame.names = start
        return True
    merged = ends[0]
    for end in ends[1:]:
        for name, value in end.items():
            before = merged.get(name)
            if before is not value:
                merged[name] = value if before is None else either([before, value])
    # The scope keeps its own dict: functions and classes defined in it look names up there.
    start.update(merged)
    frame.names = start
    return False


def _if(node: ast.If, frame: Frame, project: Project) -> bool:
    # A chain of elif nests in the tree; walked in a loop, so that its length costs no depth.
    branches: list[Callable[[], bool]] = []
    current = node
    while True:
        evaluate(current.test, frame, project)
        branches.append(_branch(current.body, frame, project))
        if len(current.orelse) == 1 and isinstance(current.orelse[0], ast.If):
            current = current.orelse[0]
            continue
        branches.append(_branch(current.orelse, frame, project))
        return _branches(branches, frame)


def _branch(statements: list[ast.stmt], frame: Frame, project: Project) -> Callable[[], bool]:
    def read() -> bool:
        project.depth += 1
        leaves = run(statements, frame, project)
        project.depth -= 1
        return leaves

    return read


def _never() -> bool:
    return False


def _for(node: ast.For | ast.AsyncFor, frame: Frame, project: Project) -> bool:
    items = evaluate(node.iter, frame, project)

    def body() -> bool:
        bind(node.target, element_of(items), frame, project)
        _branch(node.body, frame, project)()
        return False

    _branches([body, _never], frame)
    return _branch(node.orelse, frame, project)()


def _while(node: ast.While, frame: Frame, project: Project) -> bool:
    evaluate(node.test, frame, project)

    def body() -> bool:
        _branch(node.body, frame, project)()
        return False

    _branches([body, _never], frame)
    return _branch(node.orelse, frame, project)()


def _try(node: ast.Try, frame: Frame, project: Project) -> bool:
    def body() -> bool:
        return run([*node.body, *node.orelse], frame, project)

    def handled(handler: ast.ExceptHandler) -> Callable[[], bool]:
        def read() -> bool:
            if handler.name is not None:
                frame.names[handler.name] = Thing()
            return _branch(handler.body, frame, project)()

        return read

    project.depth += 1
    leaves = _branches([body, *(handled(handler) for handler in node.handlers)], frame)
    project.depth -= 1
    return _branch(node.finalbody, frame, project)() or leaves


def _with(node: ast.With | ast.AsyncWith, frame: Frame, project: Project) -> bool:
    for item in node.items:
        value = evaluate(item.context_expr, frame, project)
        if item.optional_vars is not None:
            bind(item.optional_vars, value, frame, project)
    return _branch(node.body, frame, project)()


def _match(node: ast.Match, frame: Frame, project: Project) -> bool:
    evaluate(node.subject, frame, project)
    for case in node.cases:
        for part in ast.walk(case.pattern):
            captured = getattr(part, "name", None) or getattr(part, "rest", None)
            if isinstance(captured, str):
                frame.names[captured] = Thing(sources=project.fresh_source())
    return _branches([*(_branch(case.body, frame, project) for case in node.cases), _never], frame)


def _assign(node: ast.Assign, frame: Frame, project: Project) -> bool:
    value = evaluate(node.value, frame, project)
    for target in node.targets:
        bind(target, _sliced(node.value, target, value, frame), frame, project)
    return False


def _sliced(source: ast.expr, target: ast.expr, value: Value, frame: Frame) -> Value:
    """``X_train = X[:800]``: rows taken by index under a name that tells their side of a split."""
    if not (isinstance(source, ast.Subscript) and isinstance(target, ast.Name) and isinstance(value, Thing)):
        return value
    role = role_of_name(target.id)
    if not role or value.role or not value.sources:
        return value
    if value.marks and isinstance(source.slice, ast.Slice):
        record_split(past(value), source, frame)
    return Thing(value.name, role, carried_on(value.marks), value.sources, value.own, value.call)


def _annotated_assign(node: ast.AnnAssign, frame: Frame, project: Project) -> bool:
    if node.value is not None:
        bind(node.target, evaluate(node.value, frame, project), frame, project)
    return False


def _augmented_assign(node: ast.AugAssign, frame: Frame, project: Project) -> bool:
    added = evaluate(node.value, frame, project)
    target = node.target
    if isinstance(target, ast.Name):
        held = evaluate(target, frame, project)
        if isinstance(held, Group) and isinstance(added, Group) and held.keys is None and len(held.items) < 1000:
            held.items += added.items
        else:
            before = past_of((held, added))
            name = held.name if isinstance(held, Thing) else ""
            frame.names[target.id] = Thing(name, before.role, before.marks, before.sources)
    else:
        bind(target, added, frame, project)
    return False


def _expression(node: ast.Expr, frame: Frame, project: Project) -> bool:
    value = node.value
    result = evaluate(value, frame, project)
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        _in_place(value, result, frame, project)
    return False


def _in_place(call: ast.Call, result: Value, frame: Frame, project: Project) -> None:
    """``df[c].fillna(df[c].mean(), inplace=True)`` changes what it is called on."""
    if not any(
        keyword.arg == "inplace" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True
        for keyword in call.keywords
    ):
        return
    owner: ast.expr = call.func
    while isinstance(owner, ast.Attribute | ast.Subscript):
        owner = owner.value
    if isinstance(owner, ast.Name):
        held = evaluate(owner, frame, project)
        added = past(result).marks
        if isinstance(held, Thing) and added - held.marks:
            frame.names[owner.id] = Thing(
                held.name, held.role, joined(held.marks, added), held.sources, held.own, held.call
            )


def _return(node: ast.Return, frame: Frame, project: Project) -> bool:
    if node.value is not None:
        value = evaluate(node.value, frame, project)
        frame.results.append(value)
        for option in options(value):
            if isinstance(option, Own):
                option.definition.escapes = True
        if frame.level == 0:
            for mark in past(value).marks:
                if mark.watched:
                    frame.record.went.append(Went(mark, "return", ""))
    return True


def _raise(node: ast.Raise, frame: Frame, project: Project) -> bool:
    for part in (node.exc, node.cause):
        if part is not None:
            evaluate(part, frame, project)
    return True


def _leave(node: ast.stmt, frame: Frame, project: Project) -> bool:
    return True


def _assert(node: ast.Assert, frame: Frame, project: Project) -> bool:
    evaluate(node.test, frame, project)
    return False


def _delete(node: ast.Delete, frame: Frame, project: Project) -> bool:
    for target in node.targets:
        if isinstance(target, ast.Name):
            frame.names.pop(target.id, None)
    return False


def _import(node: ast.Import, frame: Frame, project: Project) -> bool:
    module = frame.module
    for alias in node.names:
        location = project.locate(alias.name, module)
        if location is not None:
            project.imported(location, module)
            if alias.asname:
                frame.names[alias.asname] = OwnModule(project.module_at(location), location)
            else:
                first = alias.name.partition(".")[0]
                # "import a.b" binds a, which lies as many folders up as the name has dots.
                top = "/".join(location.split("/")[: len(location.split("/")) - alias.name.count(".")])
                frame.names[first] = OwnModule(project.module_at(top), top)
            continue
        name = alias.name
        frame.names[alias.asname or name.partition(".")[0]] = Known(name if alias.asname else name.partition(".")[0])
        _imported(name, alias.asname or name, node, frame)
    return False


def _import_from(node: ast.ImportFrom, frame: Frame, project: Project) -> bool:
    module = frame.module
    base = project.locate(node.module or "", module, node.level)
    library = "." * node.level + (node.module or "")
    for alias in node.names:
        name = alias.asname or alias.name
        if base is None and not node.level:
            inner = project.locate(f"{node.module}.{alias.name}", module)
            if inner is not None:
                project.imported(inner, module)
                frame.names[name] = OwnModule(project.module_at(inner), inner)
                continue
        if base is None:
            if alias.name == "*":
                module.starred.append(library)
            else:
                frame.names[name] = Known(f"{library}.{alias.name}")
            _imported(f"{library}.{alias.name}", name, node, frame)
            continue
        project.imported(base, module)
        source = project.module_at(base)
        if alias.name == "*":
            if source is not None:
                _star(source, frame)
            continue
        inner = project.below(base, alias.name)
        if inner is not None and (source is None or alias.name not in source.frame.names):
            project.imported(inner, module)
            frame.names[name] = OwnModule(project.module_at(inner), inner)
        else:
            # Importing a name does not use it, so nothing is recorded here.
            unrecorded = Frame({}, None, module, Record("", module))
            frame.names[name] = attribute(OwnModule(source, base), alias.name, unrecorded, project)
    return False


def _star(source: Module, frame: Frame) -> None:
    for name, value in source.frame.names.items():
        if not name.startswith("_"):
            frame.names[name] = value
    frame.module.starred += source.starred


def _imported(name: str, bound: str, node: ast.AST, frame: Frame) -> None:
    frame.record.seen.append(Seen(public_name(name), "import", frame.module.place(node), (bound,), {}))


def _define(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, frame: Frame) -> Definition:
    owner = frame.owner if frame.owner is not None and frame.names is frame.owner.names else None
    inside = owner.qualified if owner is not None else frame.record.title
    qualified = f"{inside}.{node.name}"
    kind = OwnClass if isinstance(node, ast.ClassDef) else OwnFunction
    # A method looks names up around its class, not in it.
    around = frame.outer if owner is not None and frame.outer is not None else frame
    made: Definition = kind(node, node.name, qualified, frame.module, around, owner)
    frame.module.definitions.append(made)
    frame.names[node.name] = Own(made)
    return made


def _definition(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, frame: Frame, project: Project) -> bool:
    held = frame.names.get(node.name)
    if isinstance(held, Own) and held.definition.node is node:
        made = held.definition
    elif frame.level:
        # Read again for a call: the function inside is the one already known.
        known = next((one for one in frame.module.definitions if one.node is node), None)
        made = known if known is not None else _define(node, frame)
        frame.names[node.name] = Own(made)
    else:
        made = _define(node, frame)
    for decorator in node.decorator_list:
        value = evaluate(decorator, frame, project)
        if isinstance(value, Known) and not isinstance(decorator, ast.Call):
            frame.record.seen.append(Seen(public_name(value.name), "call", frame.module.place(decorator), (), {}))
        name = value.name if isinstance(value, Known | Thing) else "own"
        if name not in _WRAPPERS and not isinstance(value, Own):
            made.decorated = True
        if isinstance(value, Own):
            value.definition.escapes = True
    if isinstance(made, OwnClass) and isinstance(node, ast.ClassDef):
        _class_body(made, node, frame, project)
    return False


def _class_body(made: OwnClass, node: ast.ClassDef, frame: Frame, project: Project) -> None:
    referred = frame.record.references
    frame.record.references = set()
    made.bases = [evaluate(base, frame, project) for base in node.bases[:20]]
    referred |= frame.record.references.difference(base.definition for base in made.bases if isinstance(base, Own))
    frame.record.references = referred
    for base in made.bases:
        if isinstance(base, Own):
            # Whoever reaches the class reaches its base; that there is the class is no use of it.
            made.record.references.add(base.definition)
        elif isinstance(base, Known) and not base.name.startswith("builtins."):
            # A class made from a library's is that library configured: pandera.DataFrameModel.
            frame.record.seen.append(Seen(public_name(base.name), "reference", frame.module.place(node), (), {}))
    for keyword in node.keywords:
        evaluate(keyword.value, frame, project)
    inner = Frame(made.names, frame, frame.module, frame.record, made, frame.level)
    _branch(node.body, inner, project)()


_HANDLERS: dict[type, Callable[..., bool]] = {
    ast.AnnAssign: _annotated_assign,
    ast.Assert: _assert,
    ast.Assign: _assign,
    ast.AsyncFor: _for,
    ast.AsyncFunctionDef: _definition,
    ast.AsyncWith: _with,
    ast.AugAssign: _augmented_assign,
    ast.Break: _leave,
    ast.ClassDef: _definition,
    ast.Continue: _leave,
    ast.Delete: _delete,
    ast.Expr: _expression,
    ast.For: _for,
    ast.FunctionDef: _definition,
    ast.If: _if,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Match: _match,
    ast.Raise: _raise,
    ast.Return: _return,
    ast.Try: _try,
    ast.TryStar: _try,
    ast.While: _while,
    ast.With: _with,
}

_NESTING = frozenset({_definition, _for, _if, _match, _try, _while, _with})
