"""Component modules against their entries: functions and arguments, compared with `ast`; nothing is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from fatesline.catalog.entry import Entry, Fill, Slot, TargetFile
from fatesline.catalog.positions import MOST_BYTES, printable
from fatesline.catalog.read import Placed
from fatesline.errors import UserError, did_you_mean


def code_faults(entry: Placed[Entry], targets: Mapping[str, TargetFile], shown_folder: str) -> Iterator[UserError]:
    """Everything that would keep an entry's components from being called.

    Parameters
    ----------
    entry : Placed of Entry
        With code.
    targets : mapping of str to TargetFile
        The known ones; code for others is not looked at.
    shown_folder : str
        How places name the entry's folder.

    Yields
    ------
    UserError
        Missing modules and functions, faulty Python, unknown slots, arguments that nobody provides, and parameters that
        no function takes.
    """
    for target_id, fills in entry.value.code.items():
        if target_id in targets:
            yield from _target_faults(entry, targets[target_id], fills, shown_folder)


def _target_faults(
    entry: Placed[Entry], target: TargetFile, fills: tuple[Fill, ...], shown_folder: str
) -> Iterator[UserError]:
    module = f"for_{target.id}.py"
    if entry.folder is None:
        yield entry.fault("code needs a folder of its own: mechanisms/<area>/<id>/entry.yaml", "code", target.id)
        return
    slots = {slot.id: slot for slot in target.slots}
    for at, fill in enumerate(fills):
        if fill.slot not in slots:
            hint = did_you_mean(fill.slot, slots)
            text = f'the target "{target.id}" has no slot "{fill.slot}"; {hint}'.removesuffix("; ")
            yield entry.fault(text, "code", target.id, at, "slot")
    try:
        functions = _functions(entry.folder / module, f"{shown_folder}/{module}")
    except UserError as error:
        if (entry.folder / module).is_file():
            yield error
        else:
            yield entry.fault(f"there is no {module} beside the entry", "code", target.id)
        return
    taken: set[str] = set()
    for at, fill in enumerate(fills):
        function = functions.get(fill.function)
        if function is None:
            hint = did_you_mean(fill.function, functions)
            text = f'{module} has no function "{printable(fill.function)}"; {hint}'.removesuffix("; ")
            yield entry.fault(text, "code", target.id, at, "function")
            # What it would take is unknown, so no parameter is called unused.
            taken |= set(entry.value.parameters)
            continue
        slot = slots.get(fill.slot)
        arguments = [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]
        taken |= set(arguments)
        where = f"{shown_folder}/{module}:{function.lineno}"
        yield from _function_faults(function, arguments, entry.value, slot, where)
        if slot is not None:
            for name in entry.value.parameters:
                if name in slot.offers:
                    yield entry.fault(
                        f'the slot "{slot.id}" already offers an argument of this name', "parameters", name
                    )
    for name in entry.value.parameters:
        if name not in taken:
            yield entry.fault(f"no function of {module} that fills a slot takes it", "parameters", name)


def _function_faults(
    function: ast.FunctionDef, arguments: list[str], entry: Entry, slot: Slot | None, where: str
) -> Iterator[UserError]:
    if function.args.vararg or function.args.kwarg or function.args.posonlyargs:
        yield UserError(f"{function.name}(): arguments are passed by name, so each needs one", where=where)
    if slot is None:
        return
    for name in arguments:
        if name not in slot.offers and name not in entry.parameters:
            hint = did_you_mean(name, (*slot.offers, *entry.parameters))
            offered = ", ".join(slot.offers) or "nothing"
            text = (
                f'{function.name}(): the argument "{name}" is no parameter of the entry and not offered by the slot '
                f'"{slot.id}" ({offered}); {hint}'
            )
            yield UserError(text.removesuffix("; "), where=where)


def _functions(path: Path, shown: str) -> dict[str, ast.FunctionDef]:
    """Plain functions at the top of a module, by name; of several with one name the last, as Python does."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise UserError(f"the file cannot be read: {error.strerror or error}", where=shown) from None
    if len(content) > MOST_BYTES:
        raise UserError(f"the file is larger than {MOST_BYTES // 1_000_000} MB", where=shown)
    try:
        tree = ast.parse(content)
    except SyntaxError as error:
        raise UserError(f"this is not Python: {error.msg}", where=f"{shown}:{error.lineno or 1}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise UserError(f"this is not Python: {error or 'nested too deep'}", where=shown) from None
    return {statement.name: statement for statement in tree.body if isinstance(statement, ast.FunctionDef)}
