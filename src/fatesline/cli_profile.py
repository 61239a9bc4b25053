"""``fates profile``: measure a table. Imports nothing heavy before it runs."""

from __future__ import annotations

from pathlib import Path

import click

from fatesline.cli_options import catalogs_option, format_option, language_option, progress, spoken


@click.command("profile")
@click.argument("source", metavar="SOURCE")
@click.option("--target", metavar="COL", help="Column to be predicted.")
@click.option(
    "--favourable",
    multiple=True,
    metavar="LABEL",
    help="The label that is good for the person, high or low of a number; may be repeated.",
)
@click.option("--protected", multiple=True, metavar="COL", help="A protected attribute; may be repeated.")
@click.option("--table", metavar="NAME", help="Table of a database, or sheet of a workbook.")
@click.option(
    "--reference",
    metavar="FILE",
    help="Whom groups are compared with: shares by attribute and group (YAML, CSV), or another table.",
)
@click.option("--against", metavar="SOURCE", help="An earlier table of the same columns: what has drifted since?")
@catalogs_option
@language_option
@format_option("text", "json")
def profile(
    source: str,
    target: str | None,
    favourable: tuple[str, ...],
    protected: tuple[str, ...],
    table: str | None,
    reference: str | None,
    against: str | None,
    catalogs: tuple[Path, ...],
    lang: str | None,
    format_: str,
) -> None:
    """Measure a table: its target, groups, people, gaps, leaks, and the answers that these speak for.

    SOURCE is a file (CSV, also gzip; Parquet, Excel, DuckDB, SQLite), a folder or pattern of files of one kind, or the
    URL of a database (sc://host:15002 for Spark). FILE::TABLE names a table or sheet. No row and no value that looks
    personal is shown; nothing is decided.

    Example: fates profile loans.parquet --target granted --protected sex
    """
    from fatesline import commands

    language = spoken(lang)
    with progress("measuring") as moved:
        found, drift = commands.profile(
            source,
            target=target,
            favourable=favourable or None,
            protected=protected,
            table=table,
            reference=reference,
            against=against,
            language=language,
            progress=moved,
        )
    if format_ == "json":
        from fatesline.documents.formats import profile_as_json

        click.echo(profile_as_json.profile(found, language, drift))
    else:
        from fatesline.catalog import load
        from fatesline.documents.formats import profile_as_text

        click.echo(profile_as_text.profile(found, load(catalogs), source, language, drift))
