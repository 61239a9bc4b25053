"""``fates fix``: what the checker found, mended. Imports nothing heavy before it runs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatesline.cli_options import FINDINGS, catalogs_option, format_option, language_option, progress, spoken

if TYPE_CHECKING:
    from fatesline.catalog.entry import Text
    from fatesline.checking.findings import Finding
    from fatesline.documents.wording import Language


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _asked_for(asking: Iterable[tuple[Finding, Text]], language: Language) -> tuple[str, ...]:
    """The protected columns that somebody at the terminal names; none is guessed."""
    for finding, what in asking:
        place = f" {finding.places[0]}" if finding.places else ""
        colon = " :" if language == "fr" else ":"
        click.echo(f"{finding.id}{place}{colon} {what.in_language(language)}", err=True)
    question = (
        "Colonnes protégées dont les groupes sont comparés, séparées par des virgules (vide : aucune)"
        if language == "fr"
        else "Protected columns whose groups are compared, with commas between (empty: none)"
    )
    named = click.prompt(question, default="", show_default=False, err=True)
    return tuple(column for part in named.split(",") if (column := part.strip()))


@click.command("fix")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--diff", is_flag=True, help="Show what would change; write nothing.")
@click.option("--unsafe", is_flag=True, help="Make those fixes too that somebody has to look at.")
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Mend only this; may be repeated.")
@click.option(
    "--protected", multiple=True, metavar="COL",
    help="Column whose groups are compared; may be repeated. By default those of fates.yaml.",
)  # fmt: skip
@click.option("--config", type=click.Path(path_type=Path), metavar="FATES_YAML", help="Says what is required here.")
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Findings that are known, and stay.")
@catalogs_option
@language_option
@format_option("text", "json")
def fix(
    path: Path,
    diff: bool,
    unsafe: bool,
    rules: tuple[str, ...],
    protected: tuple[str, ...],
    config: Path | None,
    baseline: Path | None,
    catalogs: tuple[Path, ...],
    lang: str | None,
    format_: str,
) -> None:
    """Mend what the checker finds: safe fixes, or with --unsafe all of them. Nothing in it is run.

    Every fix is tried in memory first: it stays only if its finding is gone and no other has come. Comments and
    formatting stay; a second run changes nothing. Which columns are protected is asked for where a fix needs it, and
    never guessed. Exit code 1 where errors or warnings are left, or, with --diff, where
    something would change.

    Example: fates fix project --diff
    """
    from fatesline.checking_commands import Fixed
    from fatesline.checking_commands import fix as mend
    from fatesline.documents.formats import fixes_as_json, fixes_as_text
    from fatesline.solution import Contradiction

    language = spoken(lang)

    def mended(columns: Sequence[str], *, write: bool) -> Fixed | Contradiction:
        with progress("reading") as moved:
            return mend(
                path,
                config=config,
                catalogs=catalogs,
                baseline=baseline,
                unsafe=unsafe,
                rules=rules,
                protected=columns,
                write=write,
                progress=moved,
            )

    if unsafe and not protected and _is_terminal():
        planned = mended((), write=False)
        if not isinstance(planned, Contradiction) and planned.mended.asking:
            protected = _asked_for(planned.mended.asking, language)
    done = mended(protected, write=not diff)
    if isinstance(done, Contradiction):
        from fatesline.documents.formats import as_json, as_text

        click.echo((as_json if format_ == "json" else as_text).contradiction(done, language))
        sys.exit(FINDINGS)
    if format_ == "json":
        click.echo(fixes_as_json.fixed(done.mended, done.differences, language))
    elif diff:
        click.echo(done.differences, nl=False)
        click.echo(fixes_as_text.fixed(done.mended, done.catalog, language, written=False), err=True)
    else:
        click.echo(fixes_as_text.fixed(done.mended, done.catalog, language, written=True))
    serious = any(finding.severity != "note" for finding in done.mended.after.findings)
    sys.exit(FINDINGS if (diff and done.differences) or (not diff and serious) else 0)
