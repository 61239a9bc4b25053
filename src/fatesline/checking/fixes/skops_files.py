"""Read and write models in a form that runs no code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from fatesline.catalog.entry import Text
from fatesline.checking.findings import Finding
from fatesline.checking.fixes.calls import hides_keywords, with_keyword, without_argument
from fatesline.checking.fixes.fix import Fixer, Proposal
from fatesline.checking.fixes.names import after_imports, imported_module, qualified, without_orphans
from fatesline.checking.fixes.source import Source
from fatesline.checking.fixes.workshop import Workshop
from fatesline.model.places import Edit

_PICKLES = re.compile(
    r"(pickle|_pickle|cPickle|dill|cloudpickle|joblib|sklearn\.externals\.joblib)\.(?P<what>dump|load|loads)\Z"
)
#: By the method that reads or writes the table.
_TABLES = {"to_pickle": "to_parquet", "read_pickle": "read_parquet"}
_BY_KEYWORD = {
    "torch.load": ("weights_only", "True"),
    "numpy.load": ("allow_pickle", "False"),
    "keras.models.load_model": ("safe_mode", "True"),
    "tensorflow.keras.models.load_model": ("safe_mode", "True"),
    "keras.saving.load_model": ("safe_mode", "True"),
}
#: What skops calls the arguments of pickle and joblib.
_NAMES = {"value": "obj", "obj": "obj", "filename": "file", "file": "file"}
#: Arguments of theirs that it has no use for.
_TUNING = frozenset(
    {"buffer_callback", "buffers", "cache_size", "compress", "encoding", "errors", "fix_imports", "mmap_mode",
     "protocol"}
)  # fmt: skip


def proposals(finding: Finding, shop: Workshop) -> Iterator[Proposal]:
    """The same call of skops, of Parquet for a table, or in the mode that takes no pickles."""
    source = shop.source(finding.places[0].file)
    if source is None:
        return
    for call in source.calls_at(finding.places[0]):
        name = qualified(source, call.func)
        match = _PICKLES.match(name)
        if match is not None:
            edits = _with_skops(source, call, match["what"])
        elif name in _BY_KEYWORD:
            changed = None if hides_keywords(call) else with_keyword(source, call, *_BY_KEYWORD[name])
            edits = (changed,) if changed is not None else None
        elif isinstance(call.func, ast.Attribute) and call.func.attr in _TABLES and not call.keywords:
            end = source.span(call.func)[1]
            edits = (Edit(end - len(call.func.attr), end, _TABLES[call.func.attr]),)
        else:
            continue
        if edits is not None:
            yield Proposal(without_orphans(source, edits), is_safe=False)
        return


def _with_skops(source: Source, call: ast.Call, what: str) -> tuple[Edit, ...] | None:
    if any(isinstance(one, ast.Starred) for one in call.args) or hides_keywords(call):
        return None
    named = [one for one in call.keywords if one.arg in _NAMES]
    wanted = (2 if what == "dump" else 1) - len(named)
    if (
        wanted < 0
        or len(call.args) < wanted
        or (named and (len(call.args) > wanted or named != call.keywords[: len(named)]))
    ):
        return None
    given: list[ast.expr | ast.keyword] = [*call.args[wanted:], *call.keywords[len(named) :]]
    if any(isinstance(one, ast.keyword) and one.arg not in _TUNING for one in given):
        return None
    module, lines = imported_module(source, "skops.io", call)
    edits = [source.edit(call.func, f"{module}.{what}")]
    for one in named:
        start, _ = source.span(one)
        edits.append(Edit(start, start + len(one.arg or ""), _NAMES[one.arg or ""]))
    if lines:
        added = after_imports(source, call, lines)
        if added is None:
            return None
        edits.append(added)
    if given:
        first, last = (without_argument(source, call, one) for one in (given[0], given[-1]))
        edits.append(Edit(first.start, last.end, "" if what == "dump" else ", trusted=[]"))
    elif what != "dump":
        end = source.span(call)[1] - 1
        edits.append(Edit(end, end, ", trusted=[]"))
    return tuple(edits)


FIXER = Fixer(
    rules=("loading-runs-code", "saved-as-pickle"),
    what=Text(
        en="use a form that runs no code when it is read (skops for models, Parquet for tables); files written before "
        "have to be written anew, and skops or pyarrow installed",
        fr="employer une forme qui n'exécute aucun code à la lecture (skops pour les modèles, Parquet pour les "
        "tables) ; les fichiers déjà écrits sont à réécrire, et skops ou pyarrow à installer",
    ),
    safety="unsafe",
    proposals=proposals,
)
