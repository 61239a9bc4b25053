"""From "what must hold here?" to a machine-learning pipeline that holds it, and shows why.

One function for each command of ``fates``; imported on first use, so that ``import fatesline`` is light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fatesline.catalog_commands import catalog_diff, catalog_graph, catalog_overview, catalog_schemas, catalog_show
    from fatesline.checking_commands import fix
    from fatesline.commands import ask, catalog_check, check, difference, explain, generate, profile, solve, why
    from fatesline.project_commands import project_choose, project_status, project_update

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
    "fix",
    "generate",
    "profile",
    "project_choose",
    "project_status",
    "project_update",
    "solve",
    "why",
]

#: Where those are that are not in `fatesline.commands`.
_ELSEWHERE = {
    "catalog_diff": "fatesline.catalog_commands",
    "catalog_graph": "fatesline.catalog_commands",
    "catalog_overview": "fatesline.catalog_commands",
    "catalog_schemas": "fatesline.catalog_commands",
    "catalog_show": "fatesline.catalog_commands",
    "fix": "fatesline.checking_commands",
    "project_choose": "fatesline.project_commands",
    "project_status": "fatesline.project_commands",
    "project_update": "fatesline.project_commands",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_ELSEWHERE.get(name, "fatesline.commands")), name)
