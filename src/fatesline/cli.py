"""The command ``fates``: each command is one public function of `fatesline.commands` plus printing.

Nothing but click is imported until a command runs, so that ``fates --help`` answers at once.
"""

from __future__ import annotations

import datetime
import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from fatesline.cli_options import (
    FINDINGS,
    STOPPED,
    WRONG_USE,
    Later,
    catalogs_option,
    format_option,
    language_option,
    progress,
    spoken,
)
from fatesline.documents.report_formats import REPORT_FORMATS
from fatesline.errors import UserError

if TYPE_CHECKING:
    from fatesline.asking import Asked
    from fatesline.documents.wording import Language
    from fatesline.interview.prompts import Front
    from fatesline.solution import Contradiction, Solution

config_argument = click.argument("config", type=click.Path(path_type=Path), metavar="FATES_YAML")
on_option = click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
    help="Answer for this day: later laws do not bind yet. By default every law does, whatever its date.",
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="fatesline", prog_name="fates")
def cli() -> None:
    """Take a machine-learning project from "what must hold here?" to a pipeline that holds it, and see why.

    \b
    fates ask --data table.csv --target COLUMN      answer questions, get fates.yaml
    fates generate fates.yaml -o project            get the project
    fates check project                             see what is there and what is missing
    fates fix project --diff                        see how it can be mended

    Exit codes: 0 nothing found, 1 findings or a contradiction, 2 wrong use or bad input.
    """  # noqa: D301 - click wants the character, not its name


cli.add_command(
    Later("fix", "fatesline.cli_checking", "fix", "Mend what the checker finds; show it first with --diff.")
)
cli.add_command(Later("catalog", "fatesline.cli_catalog", "catalog_group", "Work on catalogs of features."))
cli.add_command(
    Later("model", "fatesline.cli_model", "model_group", "Reason about feature models, those of other tools too.")
)
cli.add_command(Later("profile", "fatesline.cli_profile", "profile", "Measure a table, and what it speaks for."))
for _name, _help in (
    ("update", "Bring a project up to its fates.yaml and to the catalog; edits stay."),
    ("add", "Add features to a project; edits stay."),
    ("remove", "Take features out of a project; edits stay."),
    ("status", "Tell what was edited in a project and what is outdated."),
):
    cli.add_command(Later(_name, "fatesline.cli_project", _name, _help))


@cli.command()
@click.option("--data", type=click.Path(path_type=Path), metavar="FILE", help="A table to measure; proposes answers.")
@click.option("--target", metavar="COL", help="Column to be predicted.")
@click.option("--answers", type=click.Path(path_type=Path), metavar="FILE", help="Answers that need no asking (YAML).")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("fates.yaml"), show_default=True,
    help="Where to write; an interview that was left goes on from it.",
)  # fmt: skip
@click.option(
    "--write-answers", type=click.Path(path_type=Path), metavar="FILE", help="Write what was answered for --answers."
)
@catalogs_option
@language_option
def ask(
    data: Path | None,
    target: str | None,
    answers: Path | None,
    output: Path,
    write_answers: Path | None,
    catalogs: tuple[Path, ...],
    lang: str | None,
) -> None:
    """Answer questions about a project, one at a time; what follows is shown as it appears.

    "I don't know" is always an answer. What is answered is kept at once: the same command goes on from there. Without
    a terminal the questions are plain lines, or --answers says everything.

    Example: fates ask --data loans.csv --target granted -o fates.yaml
    """
    from fatesline import commands
    from fatesline.documents.formats import as_text
    from fatesline.interview.prompts import Left

    try:
        asked = commands.ask(
            output,
            data=data,
            target=target,
            answers=answers,
            write_answers=write_answers,
            language=spoken(lang) if lang else None,
            otherwise=spoken(None),
            catalogs=catalogs,
            front=_front(answers),
            remark=lambda line: click.echo(line, err=True),
        )
    except Left:
        raise click.Abort from None
    if asked.project is None:
        _blocked(asked)
    given, unknown = len(asked.project.answers), len(asked.session.unknown())
    click.echo(as_text.asked(given, unknown, output, asked.language, finished=asked.finished))


@cli.command()
@config_argument
@catalogs_option
@on_option
@language_option
@format_option("text", "json")
def solve(
    config: Path, catalogs: tuple[Path, ...], on: datetime.datetime | None, lang: str | None, format_: str
) -> None:
    """Complete the configuration; say of each selected feature why it is there.

    Every law counts, with the day from which it applies; with --on DATE only those in force that day do, and the others
    are listed as coming.

    Example: fates solve fates.yaml --on 2026-12-01
    """
    from fatesline import commands
    from fatesline.documents.formats import as_json, as_text
    from fatesline.solution import Contradiction

    found = commands.solve(config, catalogs=catalogs, on=on.date() if on else None)
    if isinstance(found, Contradiction):
        _contradiction(found, lang, format_)
    click.echo(
        as_json.solution(found, _language(found, lang))
        if format_ == "json"
        else as_text.solution(found, _language(found, lang))
    )


@cli.command()
@config_argument
@click.argument("feature")
@catalogs_option
@language_option
@format_option("text", "json")
def why(config: Path, feature: str, catalogs: tuple[Path, ...], lang: str | None, format_: str) -> None:
    """Argue step by step why a feature is there, or why it cannot be chosen.

    Example: fates why fates.yaml reweighing
    """
    from fatesline import commands
    from fatesline.documents.formats import as_json, as_text
    from fatesline.solution import Contradiction

    found = commands.why(config, feature, catalogs=catalogs)
    if isinstance(found, Contradiction):
        _contradiction(found, lang, format_)
    language = _language(found.solution, lang)
    click.echo(as_json.why(found, language) if format_ == "json" else as_text.why(found, language))


@cli.command()
@config_argument
@click.option("-o", "--output", "folder", type=click.Path(path_type=Path), required=True, help="Folder of the project.")
@click.option("--diff", is_flag=True, help="Show what would change; write nothing.")
@catalogs_option
@on_option
@language_option
def generate(
    config: Path, folder: Path, diff: bool, catalogs: tuple[Path, ...], on: datetime.datetime | None, lang: str | None
) -> None:
    """Generate the scikit-learn project with the selected components, its tests and documents.

    Example: fates generate fates.yaml -o project
    """
    from fatesline import commands
    from fatesline.documents.formats import as_text
    from fatesline.solution import Contradiction

    day = on.date() if on else None
    if diff:
        shown = commands.difference(config, folder, catalogs=catalogs, on=day)
        if isinstance(shown, Contradiction):
            _contradiction(shown, lang, "text")
        click.echo(shown, nl=False)
        return
    written = commands.generate(config, folder, catalogs=catalogs, on=day)
    if isinstance(written, Contradiction):
        _contradiction(written, lang, "text")
    click.echo(as_text.written(written, folder, spoken(lang)))


@cli.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--config", type=click.Path(path_type=Path), metavar="FATES_YAML", help="Says what is required here.")
@click.option("--profile", metavar="NAME", help="Says it where there is no fates.yaml; for example eu-high-risk.")
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Findings that were there before.")
@click.option(
    "--write-baseline", type=click.Path(path_type=Path), metavar="FILE", help="Take what is found as known; exit 0."
)
@click.option("--no-cache", is_flag=True, help="Read every file again, though none has changed.")
@click.option("--no-ignores", is_flag=True, help="Show what comments in the code ignore, for reviewers.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "note"]), default="warning", show_default=True,
    help="The least severity that gives exit code 1.",
)  # fmt: skip
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever is found.")
@catalogs_option
@language_option
@format_option(*REPORT_FORMATS)
def check(
    path: Path,
    config: Path | None,
    profile: str | None,
    baseline: Path | None,
    write_baseline: Path | None,
    no_cache: bool,
    no_ignores: bool,
    fail_on: str,
    exit_zero: bool,
    catalogs: tuple[Path, ...],
    lang: str | None,
    format_: str,
) -> None:
    """Read a pipeline: which components are there, which are missing or wired wrongly. Nothing in it is run.

    A fates.yaml in the folder says what is required, unless --config names another. Without one, --profile takes the
    answers of a kind of project, and otherwise nothing is required. A comment
    "# fates: ignore[ID] reason" leaves one finding as it is.

    Example: fates check project --format sarif > findings.sarif
    """
    from fatesline import commands
    from fatesline.checking.remembered import user_cache
    from fatesline.documents.report_formats import report_writer
    from fatesline.solution import Contradiction

    with progress("reading") as moved:
        found = commands.check(
            path,
            config=config,
            profile=profile,
            catalogs=catalogs,
            baseline=baseline,
            ignores=not no_ignores,
            progress=moved,
            cache=None if no_cache else user_cache(),
        )
    if isinstance(found, Contradiction):
        _contradiction(found, lang, format_)
    report, catalog = found
    language = spoken(lang)
    if write_baseline is not None:
        number = commands.accept(report, write_baseline)
        click.echo(f"{write_baseline}: {number} finding{'s' * (number != 1)} taken as known", err=True)
    click.echo(report_writer(format_)(report, catalog, language))
    # What was read is not looked through once more at exit. (DuckDB, which only tables need, would complain of that.)
    gc.freeze()
    fails = ("error", "warning", "note")[: ("error", "warning", "note").index(fail_on) + 1]
    passes = exit_zero or write_baseline is not None
    sys.exit(FINDINGS if not passes and any(finding.severity in fails for finding in report.findings) else 0)


@cli.command()
@click.argument("id")
@catalogs_option
@language_option
def explain(id: str, catalogs: tuple[Path, ...], lang: str | None) -> None:
    """Say what a feature, question, constraint, source or finding means, with its source.

    Example: fates explain W001
    """
    from fatesline import commands

    click.echo("\n".join(commands.explain(id, language=spoken(lang), catalogs=catalogs)))


def _language(found: Solution | Contradiction, lang: str | None) -> Language:
    """What the user asks for, else the language of the project."""
    return spoken(lang) if lang else found.project.language


def _contradiction(found: Contradiction, lang: str | None, format_: str) -> NoReturn:
    """Print a contradiction and stop with exit code 1."""
    from fatesline.documents.formats import as_json, as_text

    language = _language(found, lang)
    write = as_json if format_ in ("json", "sarif") else as_text
    click.echo(write.contradiction(found, language))
    sys.exit(FINDINGS)


def _front(answers: Path | None) -> Callable[[Language], Front] | None:
    """How somebody is asked: widgets on a terminal, else plain lines; None where an answers file says everything."""
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if not terminal and answers is not None:
        return None

    def front(language: Language) -> Front:
        if terminal and os.environ.get("TERM") != "dumb":
            from fatesline.interview.terminal import TerminalFront

            return TerminalFront(language)
        from fatesline.interview.plain import PlainFront

        return PlainFront(language, click.echo, input)

    return front


def _blocked(asked: Asked) -> NoReturn:
    """Print why the answers contradict each other, and stop; nothing was written."""
    from fatesline.documents.wording import Words

    session = asked.session
    blocked = session.view().blocked
    assert blocked is not None
    lines = Words(session.catalog, asked.language).conflict(blocked.conflict, blocked.repairs)
    click.echo("\n".join(lines))
    click.echo("nothing was written", err=True)
    sys.exit(FINDINGS)


def main() -> NoReturn:
    """Run the command; every fault ends in one message and an exit code, never in a stack."""
    # Most of what a command makes lives until it ends, and is looked through seldom while it runs.
    gc.set_threshold(100_000, 10, 10)
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as fault:
        fault.show()
        sys.exit(WRONG_USE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        sys.exit(STOPPED)
    except UserError as fault:
        click.echo(f"error: {fault}", err=True)
        sys.exit(WRONG_USE)
    except BrokenPipeError:
        # The reader went away, as `head` does; Python would complain once more while closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(0)
