"""Seed what draws at random."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from fatesline.catalog.entry import Text
from fatesline.checking.findings import Finding
from fatesline.checking.fixes.calls import argument, hides_keywords, keyword, with_argument, with_keyword
from fatesline.checking.fixes.fix import Fixer, Proposal
from fatesline.checking.fixes.names import after_imports, imported_module, qualified
from fatesline.checking.fixes.source import Source
from fatesline.checking.fixes.workshop import Workshop
from fatesline.model.places import Edit

#: Libraries whose draws follow one seed of their own, and the function that sets it.
_LIBRARIES = re.compile(r"(?P<module>numpy\.random|random)\.\w+\Z|(?P<torch>torch)\.(\w+\.)*\w+\Z")
_SEEDS = {"numpy.random": "seed", "random": "seed", "torch": "manual_seed"}
_GENERATORS = ("numpy.random.default_rng", "numpy.random.RandomState")
_SEED_NAME = re.compile(r"(random_?)?(seed|state)\Z", re.IGNORECASE)


def proposals(finding: Finding, shop: Workshop) -> Iterator[Proposal]:
    """Seed every place of the finding in its file."""
    source = shop.source(finding.places[0].file)
    if source is None:
        return
    edits: dict[Edit, None] = {}
    imports: dict[str, None] = {}
    lines: dict[str, None] = {}
    first: ast.Call | None = None
    for place in finding.places:
        calls = source.calls_at(place)
        seeded = next((found for call in calls if (found := _seeded(source, call)) is not None), None)
        if seeded is not None:
            edits[seeded] = None
            continue
        by_library = [(call, match) for call in calls if (match := _LIBRARIES.match(qualified(source, call.func)))]
        if not by_library:
            return
        call, match = by_library[-1]
        first = first or call
        module = match["module"] or match["torch"]
        written, needed = _random_module(source, call, module)
        imports |= dict.fromkeys(needed)
        lines[f"{written}.{_SEEDS[module]}({_seed(source, call)})"] = None
    if first is not None:
        added = after_imports(source, first, [*imports, "", *lines])
        if added is None:
            return
        edits[added] = None
    yield Proposal(tuple(edits))


def _random_module(source: Source, call: ast.Call, module: str) -> tuple[str, list[str]]:
    """How the call's module is written here."""
    if isinstance(call.func, ast.Attribute) and qualified(source, call.func.value) == module:
        return source.text(call.func.value), []
    return imported_module(source, module, call)


def _seeded(source: Source, call: ast.Call) -> Edit | None:
    """A seed among the arguments of a call that takes one."""
    name = qualified(source, call.func)
    if hides_keywords(call):
        return None
    if name in _GENERATORS:
        given = argument(call, 0, "seed")
        seed = _seed(source, call)
        return source.edit(given, seed) if given is not None else with_argument(source, call, seed)
    if _LIBRARIES.match(name):
        return None
    last = call.func.attr if isinstance(call.func, ast.Attribute) else name.rpartition(".")[2]
    takes_it = name.startswith(("sklearn.", "imblearn.")) or last == "sample" or keyword(call, "random_state")
    if not takes_it:
        return None
    return with_keyword(source, call, "random_state", _seed(source, call))


def _seed(source: Source, call: ast.Call) -> str:
    """The module's own constant where it has one, else 0."""
    for statement in source.tree.body:
        if statement.lineno >= source.outermost(call).lineno:
            break
        if (
            isinstance(statement, ast.Assign)
            and isinstance(statement.value, ast.Constant)
            and type(statement.value.value) is int
            and isinstance(statement.targets[0], ast.Name)
            and _SEED_NAME.match(statement.targets[0].id)
        ):
            return statement.targets[0].id
    return "0"


FIXER = Fixer(
    rules=("unseeded-randomness",),
    what=Text(en="give everything that draws at random a seed", fr="donner une graine à tout ce qui tire au hasard"),
    safety="safe",
    proposals=proposals,
)
