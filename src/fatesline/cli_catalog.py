"""``fates catalog …``: work on catalogs of features. Imports nothing heavy before a command runs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from fatesline.cli_options import FINDINGS, catalogs_option, format_option


@click.group("catalog")
def catalog_group() -> None:
    """Work on catalogs of features."""


@catalog_group.command("check")
@catalogs_option
@format_option("text", "json")
def catalog_check(catalogs: tuple[Path, ...], format_: str) -> None:
    """Prove what must hold of a catalog: satisfiable, nothing dead, every question and option reachable.

    Example: fates catalog check --catalog ./acme
    """
    from fatesline import commands
    from fatesline.documents.formats import as_json, as_text

    catalog, problems = commands.catalog_check(catalogs)
    click.echo(as_json.problems(catalog, problems) if format_ == "json" else as_text.problems(catalog, problems))
    sys.exit(FINDINGS if any(problem.is_fault for problem in problems) else 0)


@catalog_group.command("schema")
@click.option(
    "-o", "--output", "folder", type=click.Path(path_type=Path), default=Path("schemas"), show_default=True,
    help="Folder to write to; made where it does not exist.",
)  # fmt: skip
def catalog_schema(folder: Path) -> None:
    """Write the JSON schemas of catalog files, fates.yaml and answers files, for editors.

    Example: fates catalog schema -o schemas
    """
    from fatesline import catalog_commands

    written = catalog_commands.catalog_schemas(folder)
    click.echo(f"{folder}: {len(written)} schemas")
    example = next(path for path in written if path.name.startswith("fates."))
    click.echo(f"first line of a file that uses one: # yaml-language-server: $schema={example.as_posix()}", err=True)
