"""``fates catalog …``: work on catalogs of features. Imports nothing heavy before a command runs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from fatesline.cli_options import FINDINGS, catalogs_option, format_option, language_option, spoken


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


@catalog_group.command("show")
@click.argument("id", required=False)
@catalogs_option
@language_option
@click.option(
    "--seconds", type=click.FloatRange(min=0.01), default=60.0, show_default=True,
    help="Time for counting configurations; bounds are given where it does not suffice.",
)  # fmt: skip
@click.option(
    "--parameters", is_flag=True, help="Every value that users may set, with unit, default, range and source."
)
@format_option("text", "json")
def catalog_show(
    id: str | None, catalogs: tuple[Path, ...], lang: str | None, seconds: float, parameters: bool, format_: str
) -> None:
    """Give the figures of the catalog; with an ID, what that means, where it stands, and what constrains it.

    Example: fates catalog show reweighing
    """
    from fatesline import catalog_commands
    from fatesline.documents.formats import catalog_as_json, catalog_as_text

    language = spoken(lang)
    if parameters:
        if id is not None:
            raise click.UsageError("--parameters lists those of every feature; leave the ID out")
        listed = catalog_as_json.parameters if format_ == "json" else catalog_as_text.parameters
        text = listed(catalog_commands.catalog_parameters(catalogs), language)
    elif id is None:
        found = catalog_commands.catalog_overview(catalogs, seconds=seconds)
        text = catalog_as_json.overview(found) if format_ == "json" else catalog_as_text.overview(found, language)
    else:
        catalog, name, place = catalog_commands.catalog_show(id, catalogs)
        write = catalog_as_json.shown if format_ == "json" else catalog_as_text.shown
        text = write(name, catalog, place, language)
    click.echo(text)


@catalog_group.command("graph")
@click.argument("id", required=False)
@click.option(
    "--depth", type=click.IntRange(min=0), default=1, show_default=True,
    help="Steps from the feature, along the tree or through a constraint.",
)  # fmt: skip
@catalogs_option
@language_option
@format_option("mermaid", "svg", "dot")
def catalog_graph(id: str | None, depth: int, catalogs: tuple[Path, ...], lang: str | None, format_: str) -> None:
    """Draw the part of the catalog around a feature: the tree, and the constraints that tie what is in it.

    Example: fates catalog graph reweighing --format svg > reweighing.svg
    """
    from fatesline import catalog_commands
    from fatesline.documents.formats import as_graph

    catalog, part = catalog_commands.catalog_graph(id, catalogs, depth=depth)
    write = {"mermaid": as_graph.mermaid, "svg": as_graph.svg, "dot": as_graph.dot}[format_]
    click.echo(write(part, catalog, spoken(lang)))


@catalog_group.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--config", type=click.Path(path_type=Path), metavar="FATES_YAML", help="A project it may concern.")
@catalogs_option
@language_option
@format_option("text", "json")
def catalog_diff(
    old: Path, new: Path, config: Path | None, catalogs: tuple[Path, ...], lang: str | None, format_: str
) -> None:
    """Say what a new version of a catalog changes, and with --config what that means for a project.

    OLD and NEW are folders; the word built-in stands for the catalog that comes with the tool. A company's catalog is
    put on top of that. Exit code 1: the project cannot be completed with the new catalog.

    Example: fates catalog diff built-in ./catalog-next --config fates.yaml
    """
    from fatesline import catalog_commands
    from fatesline.documents.formats import catalog_as_json, catalog_as_text

    found = catalog_commands.catalog_diff(old, new, config=config, folders=catalogs)
    language = spoken(lang)
    if format_ == "json":
        click.echo(catalog_as_json.difference(found.changes, found.project, found.old, found.new, language))
    else:
        click.echo(catalog_as_text.changes(found.changes, language))
        if found.project is not None:
            click.echo(f"\n{catalog_as_text.project(found.project, found.old, found.new, language)}")
    sys.exit(FINDINGS if found.project is not None and found.project.is_stopped else 0)


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
