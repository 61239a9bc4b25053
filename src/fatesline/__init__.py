"""From "what must hold here?" to a machine-learning pipeline that holds it, and shows why.

One function for each command of ``fates``; imported on first use, so that ``import fatesline`` is light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fatesline.commands import ask, catalog_check, check, difference, explain, generate, solve, why

__all__ = ["ask", "catalog_check", "check", "difference", "explain", "generate", "solve", "why"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from fatesline import commands

        return getattr(commands, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
