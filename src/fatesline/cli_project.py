"""``fates update | add | remove | status``: a generated project lives on. Imports nothing heavy before it runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from fatesline.cli_options import FINDINGS, catalogs_option, format_option, language_option, spoken

if TYPE_CHECKING:
    from fatesline.project_commands import Updated
    from fatesline.solution import Contradiction

folder_argument = click.argument("folder", metavar="PROJECT", type=click.Path(path_type=Path), default=Path())
project_option = click.option(
    "--project", "folder", metavar="PROJECT", type=click.Path(path_type=Path), default=Path(),
    help="Folder of the project; the current one by default.",
)  # fmt: skip
diff_option = click.option("--diff", is_flag=True, help="Show what would change; write nothing.")
features_argument = click.argument("features", metavar="FEATURE...", nargs=-1, required=True)


@click.command("update")
@folder_argument
@diff_option
@catalogs_option
@language_option
def update(folder: Path, diff: bool, catalogs: tuple[Path, ...], lang: str | None) -> None:
    """Bring a project up to its fates.yaml and to the catalog; your edits are merged in, none is lost.

    Where you and the catalog changed the same lines, both versions stand between markers, as in git.

    Example: fates update project --diff
    """
    from fatesline import project_commands
    from fatesline.solution import Contradiction

    done = project_commands.project_update(folder, catalogs=catalogs, write=not diff)
    if isinstance(done, Contradiction):
        _contradiction(done, lang)
    _tell(done, folder, lang, diff=diff)


@click.command("add")
@features_argument
@project_option
@diff_option
@catalogs_option
@language_option
def add(features: tuple[str, ...], folder: Path, diff: bool, catalogs: tuple[Path, ...], lang: str | None) -> None:
    """Add features to a project, with all that they need; your edits are merged in, none is lost.

    Example: fates add noise_robustness --project project
    """
    _choose(features, folder, lang, catalogs, chosen=True, diff=diff)


@click.command("remove")
@features_argument
@project_option
@diff_option
@catalogs_option
@language_option
def remove(features: tuple[str, ...], folder: Path, diff: bool, catalogs: tuple[Path, ...], lang: str | None) -> None:
    """Take features out of a project, unless an answer or a law asks for them.

    Example: fates remove run_tracking --project project --diff
    """
    _choose(features, folder, lang, catalogs, chosen=False, diff=diff)


@click.command("status")
@folder_argument
@catalogs_option
@language_option
@format_option("text", "json")
def status(folder: Path, catalogs: tuple[Path, ...], lang: str | None, format_: str) -> None:
    """Tell what was edited in a project, what is outdated, and which conflicts are open.

    Exit code 1 where something waits to be done.

    Example: fates status project
    """
    from fatesline import project_commands
    from fatesline.documents.formats import project_as_json, project_as_text
    from fatesline.solution import Contradiction

    found = project_commands.project_status(folder, catalogs=catalogs)
    if isinstance(found, Contradiction):
        _contradiction(found, lang)
    text = project_as_json.status(found) if format_ == "json" else project_as_text.status(found, folder, spoken(lang))
    click.echo(text)
    sys.exit(0 if found.is_current else FINDINGS)


def _choose(
    features: tuple[str, ...], folder: Path, lang: str | None, catalogs: tuple[Path, ...], *, chosen: bool, diff: bool
) -> None:
    from fatesline import project_commands
    from fatesline.solution import Contradiction

    done = project_commands.project_choose(folder, features, chosen=chosen, catalogs=catalogs, write=not diff)
    if isinstance(done, Contradiction):
        _contradiction(done, lang)
    _tell(done, folder, lang, diff=diff)


def _tell(done: Updated, folder: Path, lang: str | None, *, diff: bool) -> NoReturn:
    from fatesline.documents.formats import project_as_text
    from fatesline.generation.upkeep import as_diff

    if diff:
        click.echo(as_diff(done.changes), nl=False)
        sys.exit(0)
    click.echo(project_as_text.updated(done.changes, done.added, done.removed, folder, spoken(lang)))
    sys.exit(FINDINGS if any(change.needs_you for change in done.changes) else 0)


def _contradiction(found: Contradiction, lang: str | None) -> NoReturn:
    from fatesline.documents.formats import as_text

    click.echo(as_text.contradiction(found, spoken(lang) if lang else found.project.language))
    sys.exit(FINDINGS)
