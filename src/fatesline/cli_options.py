"""Options that several commands share; imports click and nothing else."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

FINDINGS, WRONG_USE, STOPPED = 1, 2, 130

catalogs_option = click.option(
    "--catalog", "catalogs", multiple=True, type=click.Path(path_type=Path), metavar="DIR",
    help="A further catalog folder, on top of the built-in one; may be repeated.",
)  # fmt: skip
language_option = click.option("--lang", type=click.Choice(["en", "fr"]), help="Language of what is told here.")


class Later(click.Command):
    """A command whose module is read only when it runs: making hundreds of options takes longer than all else.

    Parameters
    ----------
    name : str
    module, attribute : str
        Where the command is.
    help : str
        The line in the list of commands.
    """

    def __init__(self, name: str, module: str, attribute: str, help: str) -> None:
        super().__init__(name, help=help)
        self._module, self._attribute = module, attribute

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the command itself, which then runs instead of this one."""
        from importlib import import_module

        command: click.Command = getattr(import_module(self._module), self._attribute)
        return command.make_context(info_name, args, parent, **extra)


def format_option(*formats: str) -> Callable[[F], F]:
    """``--format``, with the first as default."""
    return click.option("--format", "format_", type=click.Choice(formats), default=formats[0], show_default=True)


def spoken(lang: str | None) -> Literal["en", "fr"]:
    """What the user asks for, else French where the environment says so."""
    if lang:
        return "fr" if lang == "fr" else "en"
    found = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "fr" if found.lower().startswith("fr") else "en"


def progress(what: str) -> Any:
    """A context giving a callback (done, total); draws on a terminal only."""
    from contextlib import nullcontext

    if not sys.stderr.isatty():
        return nullcontext(None)
    from fatesline.documents.progress import drawn

    return drawn(what)
