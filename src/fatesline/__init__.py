"""From "what must hold here?" to a machine-learning pipeline that holds it, and shows why.

One function for each command of ``fates``; imported on first use, so that ``import fatesline`` is light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fatesline.catalog_commands import catalog_diff, catalog_graph, catalog_overview, catalog_schemas, catalog_show
    from fatesline.commands import ask, catalog_check, check, difference, explain, generate, profile, solve, why

__all__ = [
    "ask",
    "catalog_check",
    "catalog_diff",
    "catalog_graph",
    "catalog_overview",
    "catalog_schemas",
    "catalog_show",
    "check",
    "difference",
    "explain",
    "generate",
    "profile",
    "solve",
    "why",
]

#: Those that are not in `fatesline.commands`.
_OF_CATALOGS = ("catalog_diff", "catalog_graph", "catalog_overview", "catalog_schemas", "catalog_show")


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = "fatesline.catalog_commands" if name in _OF_CATALOGS else "fatesline.commands"
    return getattr(import_module(module), name)
