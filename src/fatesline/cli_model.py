"""The commands ``fates model …``: each is one public function of `fatesline.model_commands` plus printing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from fatesline.cli_options import FINDINGS, F, format_option, language_option, progress, spoken

if TYPE_CHECKING:
    from fatesline.documents.model_words import ModelWords
    from fatesline.exchange import Imported
    from fatesline.model.configuration import Configuration
    from fatesline.model_answers import Contradiction, Listed

#: Remarks on one file that are shown.
_MOST_REMARKS = 5

model_argument = click.argument("model", metavar="MODEL")


def given_options(command: F) -> F:
    """A partial configuration, from names and a file."""
    for option in (
        click.option("--given", type=click.Path(path_type=Path), metavar="FILE",
                     help="Decisions: a feature on each line, ! before those ruled out; or .json or .xml."),
        click.option("--without", "ruled_out", multiple=True, metavar="FEATURE", help="Ruled out; may be repeated."),
        click.option("--with", "chosen", multiple=True, metavar="FEATURE", help="Chosen; may be repeated."),
    ):  # fmt: skip
        command = option(command)
    return command


def limit_option(default: int, what: str) -> Callable[[F], F]:
    """``--limit``, of what is listed."""
    return click.option(
        "--limit", type=click.IntRange(min=1), default=default, show_default=True, help=f"At most so many {what}."
    )


def seconds_option(default: float, what: str) -> Callable[[F], F]:
    """``--seconds``, for what may take long."""
    return click.option(
        "--seconds", type=click.FloatRange(min=0, min_open=True), default=default, show_default=True, help=what
    )


@click.group("model")
def model_group() -> None:
    """Reason about feature models, those of other tools too.

    MODEL is a file (.uvl, FeatureIDE's .xml, .cnf or .dimacs, each also with .gz), or the word "catalog" for the
    FATES catalog itself.

    Example: fates model analyse catalog
    """


@model_group.command()
@model_argument
@click.option("--redundant", is_flag=True, help="Name the constraints that the rest of the model implies.")
@click.option("--atomic-sets", is_flag=True, help="Name the features that always come together.")
@click.option("--commonality", is_flag=True, help="Give the share of the configurations that have each feature.")
@click.option(
    "--convention", type=click.Choice(["published", "strict"]), default="published", show_default=True,
    help="Of false optional features: published figures also count what lies below a dead feature.",
)  # fmt: skip
@seconds_option(5.0, "After this time the number of configurations is given as bounds.")
@language_option
@format_option("text", "json")
def analyse(
    model: str,
    redundant: bool,
    atomic_sets: bool,
    commonality: bool,
    convention: str,
    seconds: float,
    lang: str | None,
    format_: str,
) -> None:
    """Say what holds of a whole model: valid, core, dead and false optional features, number of configurations.

    Example: fates model analyse catalog --format json
    """
    from fatesline import model_commands
    from fatesline.documents.formats import model_as_json, model_as_text

    imported, words = _opened(model, lang)
    with progress("analysing") as moved:
        found = model_commands.analyse(
            imported,
            convention="strict" if convention == "strict" else "published",
            redundant=redundant,
            atomic_sets=atomic_sets,
            commonality=commonality,
            seconds=seconds,
            progress=moved,
        )
    if commonality and found.commonality is None and found.why_void is None:
        _remark("the time did not suffice for the commonality; give more with --seconds")
    click.echo(
        model_as_json.analysis(found, imported, words) if format_ == "json" else model_as_text.analysis(found, words)
    )
    sys.exit(0 if found.why_void is None else FINDINGS)


@model_group.command()
@model_argument
@given_options
@click.option("--whole", is_flag=True, help="Valid as it stands, every feature that is not named left out.")
@language_option
@format_option("text", "json")
def check(
    model: str,
    chosen: tuple[str, ...],
    ruled_out: tuple[str, ...],
    given: Path | None,
    whole: bool,
    lang: str | None,
    format_: str,
) -> None:
    """Say whether a configuration can be completed, and whether it is valid as it stands.

    Example: fates model check catalog --with reweighing
    """
    from fatesline import model_commands
    from fatesline.documents.formats import model_as_json, model_as_text

    imported, words = _opened(model, lang)
    with progress("checking"):
        found = model_commands.check(imported, _decided(imported, chosen, ruled_out, given))
    click.echo(model_as_json.checked(found, words) if format_ == "json" else model_as_text.checked(found, words))
    sys.exit(0 if (found.is_valid if whole else found.is_completable) else FINDINGS)


@model_group.command()
@model_argument
@given_options
@language_option
@format_option("text", "json")
def consequences(
    model: str, chosen: tuple[str, ...], ruled_out: tuple[str, ...], given: Path | None, lang: str | None, format_: str
) -> None:
    """Name everything that decisions force; the answer can be read again with --given.

    Example: fates model consequences catalog --with reweighing
    """
    from fatesline import model_commands
    from fatesline.documents.formats import model_as_json, model_as_text
    from fatesline.model_answers import Contradiction

    imported, words = _opened(model, lang)
    with progress("reasoning"):
        found = model_commands.consequences(imported, _decided(imported, chosen, ruled_out, given))
    if isinstance(found, Contradiction):
        _contradiction(found, words, format_)
    click.echo(
        model_as_json.consequences(found, imported.model)
        if format_ == "json"
        else model_as_text.consequences(found, words)
    )


@model_group.command()
@model_argument
@click.argument("feature")
@given_options
@language_option
@format_option("text", "json")
def why(
    model: str,
    feature: str,
    chosen: tuple[str, ...],
    ruled_out: tuple[str, ...],
    given: Path | None,
    lang: str | None,
    format_: str,
) -> None:
    """Argue why a feature must be chosen, or why it cannot be.

    Example: fates model why catalog bias_mitigation --with reweighing
    """
    from fatesline import model_commands
    from fatesline.documents.formats import model_as_json, model_as_text
    from fatesline.model_answers import Contradiction

    imported, words = _opened(model, lang)
    with progress("arguing"):
        found = model_commands.why(imported, feature, _decided(imported, chosen, ruled_out, given))
    if isinstance(found, Contradiction):
        _contradiction(found, words, format_)
    click.echo(model_as_json.why(found, words) if format_ == "json" else model_as_text.why(found, words))


@model_group.command()
@model_argument
@given_options
@language_option
@format_option("text", "json")
def conflict(
    model: str, chosen: tuple[str, ...], ruled_out: tuple[str, ...], given: Path | None, lang: str | None, format_: str
) -> None:
    """Argue why decisions do not go together, with a smallest set of them and the ways out.

    Example: fates model conflict catalog --with reweighing --without bias_mitigation
    """
    from fatesline import model_commands

    imported, words = _opened(model, lang)
    with progress("arguing"):
        found = model_commands.conflict(imported, _decided(imported, chosen, ruled_out, given))
    if found is not None:
        _contradiction(found, words, format_)
    _no_conflict(words, format_)


@model_group.command()
@model_argument
@given_options
@limit_option(10, "conflicts")
@language_option
@format_option("text", "json")
def conflicts(
    model: str,
    chosen: tuple[str, ...],
    ruled_out: tuple[str, ...],
    given: Path | None,
    limit: int,
    lang: str | None,
    format_: str,
) -> None:
    """Argue each of the smallest sets of decisions and rules that do not go together.

    Example: fates model conflicts catalog --with reweighing --without bias_mitigation --limit 3
    """
    from fatesline import model_commands
    from fatesline.documents.formats import model_as_json

    imported, words = _opened(model, lang)
    with progress("arguing"):
        found = model_commands.conflicts(imported, _decided(imported, chosen, ruled_out, given), limit=limit)
    if not found:
        _no_conflict(words, format_)
    texts = ["\n".join(words.conflict(each)) for each in found]
    click.echo(model_as_json.conflicts(found, words) if format_ == "json" else "\n\n".join(texts))
    sys.exit(FINDINGS)


@model_group.command()
@model_argument
@given_options
@limit_option(5, "repairs")
@language_option
@format_option("text", "json")
def repairs(
    model: str,
    chosen: tuple[str, ...],
    ruled_out: tuple[str, ...],
    given: Path | None,
    limit: int,
    lang: str | None,
    format_: str,
) -> None:
    """List what to give up so that the other decisions go together, cheapest first.

    Example: fates model repairs catalog --with reweighing --without bias_mitigation
    """
    from fatesline import model_commands
    from fatesline.documents.formats import model_as_json, model_as_text

    imported, words = _opened(model, lang)
    with progress("repairing"):
        found = model_commands.repairs(imported, _decided(imported, chosen, ruled_out, given), limit=limit)
    click.echo(model_as_json.repairs(found) if format_ == "json" else model_as_text.repairs(found, words))
    sys.exit(0 if found and not found[0].give_up else FINDINGS)


@model_group.command()
@model_argument
@language_option
@format_option("text", "json")
def explain(model: str, lang: str | None, format_: str) -> None:
    """Argue why a model has no configuration at all, and which constraints could go.

    Example: fates model explain catalog
    """
    from fatesline import model_commands
    from fatesline.documents.formats import model_as_json

    imported, words = _opened(model, lang)
    with progress("arguing"):
        found = model_commands.explain(imported)
    if found is not None:
        _contradiction(found, words, format_)
    fine = words.say("the model has configurations", "le modèle a des configurations")
    click.echo(model_as_json.text({"consistent": True}) if format_ == "json" else fine)


@model_group.command()
@model_argument
@given_options
@click.option(
    "--near", type=click.Path(path_type=Path), metavar="FILE", help="Differ as little as possible from these features."
)
@click.option("--by", "attribute", metavar="ATTRIBUTE", help="Least sum of an attribute of the features.")
@click.option(
    "--costs", type=click.Path(path_type=Path), metavar="FILE", help='Least sum of costs: {"feature": number}.'
)
@language_option
@format_option("text", "json")
def complete(
    model: str,
    chosen: tuple[str, ...],
    ruled_out: tuple[str, ...],
    given: Path | None,
    near: Path | None,
    attribute: str | None,
    costs: Path | None,
    lang: str | None,
    format_: str,
) -> None:
    """Complete decisions to a whole configuration: the smallest, the nearest, or the cheapest.

    Example: fates model complete catalog --with reweighing
    """
    from fatesline import model_commands
    from fatesline.documents.formats import model_as_json
    from fatesline.model_answers import Contradiction

    imported, words = _opened(model, lang)
    decisions = _decided(imported, chosen, ruled_out, given)
    with progress("completing"):
        found = model_commands.complete(
            imported,
            decisions,
            near=None if near is None else model_commands.decided(imported, file=near).chosen,
            costs=model_commands.costs_of(imported, attribute=attribute, file=costs) if attribute or costs else None,
        )
    if isinstance(found, Contradiction):
        _contradiction(found, words, format_)
    click.echo(model_as_json.configuration(found) if format_ == "json" else "\n".join(found))


@model_group.command("enumerate")
@model_argument
@given_options
@limit_option(10, "configurations")
@language_option
@format_option("text", "json")
def enumerate_(
    model: str,
    chosen: tuple[str, ...],
    ruled_out: tuple[str, ...],
    given: Path | None,
    limit: int,
    lang: str | None,
    format_: str,
) -> None:
    """List whole configurations that keep the decisions, each once.

    Example: fates model enumerate catalog --limit 2
    """
    from fatesline import model_commands
    from fatesline.documents.formats import model_as_json, model_as_text

    imported, words = _opened(model, lang)
    with progress("enumerating"):
        found = model_commands.enumerate(imported, _decided(imported, chosen, ruled_out, given), limit=limit)
    if format_ == "json":
        click.echo(model_as_json.configurations(found, all_of_them=True))
    elif found.configurations:
        click.echo(model_as_text.configurations(found))
    if not found.configurations:
        _remark(
            words.say("there is none; fates model conflict says why", "il n'y en a pas ; voir fates model conflict")
        )
        sys.exit(FINDINGS)
    if not found.is_all:
        _remark(words.say("there are more; see --limit", "il y en a d'autres ; voir --limit"))


@model_group.command()
@model_argument
@given_options
@seconds_option(10.0, "After this time bounds are given.")
@language_option
@format_option("text", "json")
def count(
    model: str,
    chosen: tuple[str, ...],
    ruled_out: tuple[str, ...],
    given: Path | None,
    seconds: float,
    lang: str | None,
    format_: str,
) -> None:
    """Count the configurations that keep the decisions, exactly or between bounds.

    Example: fates model count catalog --seconds 5
    """
    from fatesline import model_commands
    from fatesline.documents.formats import model_as_json, model_as_text

    imported, words = _opened(model, lang)
    with progress("counting"):
        found = model_commands.count(imported, _decided(imported, chosen, ruled_out, given), seconds=seconds)
    click.echo(model_as_json.count(found) if format_ == "json" else model_as_text.count(found, words))


@model_group.command()
@model_argument
@given_options
@click.option("--number", type=click.IntRange(min=1), default=10, show_default=True, help="How many.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same sample.")
@seconds_option(60.0, "Time to give up after.")
@language_option
@format_option("text", "json")
def sample(
    model: str,
    chosen: tuple[str, ...],
    ruled_out: tuple[str, ...],
    given: Path | None,
    number: int,
    seed: int,
    seconds: float,
    lang: str | None,
    format_: str,
) -> None:
    """Draw configurations uniformly and independently from all that keep the decisions.

    Example: fates model sample model.uvl --number 3 --seed 1
    """
    from fatesline import model_commands

    imported, words = _opened(model, lang)
    with progress("drawing"):
        found = model_commands.sample(
            imported, _decided(imported, chosen, ruled_out, given), number=number, seed=seed, seconds=seconds
        )
    _listed(found, words, format_)


@model_group.command()
@model_argument
@given_options
@click.option(
    "--strength", type=click.IntRange(1, 3), default=2, show_default=True, help="How many choices are combined."
)
@click.option("--only", multiple=True, metavar="FEATURE", help="Combine these features only; may be repeated.")
@language_option
@format_option("text", "json")
def cover(
    model: str,
    chosen: tuple[str, ...],
    ruled_out: tuple[str, ...],
    given: Path | None,
    strength: int,
    only: tuple[str, ...],
    lang: str | None,
    format_: str,
) -> None:
    """List configurations that together show every possible combination of two or three choices.

    Example: fates model cover catalog --only reweighing --only threshold_optimiser
    """
    from fatesline import model_commands

    imported, words = _opened(model, lang)
    with progress("covering"):
        found = model_commands.cover(
            imported, _decided(imported, chosen, ruled_out, given), strength=strength, only=only
        )
    _listed(found, words, format_)


@model_group.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@language_option
@format_option("text", "json")
def compare(old: str, new: str, lang: str | None, format_: str) -> None:
    """Say what an edit did to the configurations, with a witness for those gone and those new.

    Exit code 1 if the configurations are not the same.

    Example: fates model compare old.uvl new.uvl
    """
    from fatesline import model_commands
    from fatesline.documents.formats import model_as_json, model_as_text

    (older, _), (newer, words) = _opened(old, lang), _opened(new, lang)
    with progress("comparing"):
        found = model_commands.compare(older, newer)
    click.echo(model_as_json.comparison(found) if format_ == "json" else model_as_text.comparison(found, words))
    sys.exit(0 if found.kind == "refactoring" else FINDINGS)


@model_group.command("slice")
@model_argument
@click.option("--to", "features", multiple=True, required=True, metavar="FEATURE", help="Keep it; may be repeated.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to write; shown as UVL.")
@language_option
def slice_(model: str, features: tuple[str, ...], output: Path | None, lang: str | None) -> None:
    """Cut a model down to some features: exactly the choices among them that it allows.

    Example: fates model slice catalog --to reweighing --to bias_mitigation
    """
    from fatesline import model_commands
    from fatesline.exchange import Imported

    imported, _ = _opened(model, lang)
    with progress("slicing"):
        found = model_commands.slice(imported, features)
    text = model_commands.export(Imported(found), output or ".uvl")
    if output is None:
        click.echo(text, nl=False)


@model_group.command()
@model_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Its suffix names the format.")
@click.option(
    "--to", type=click.Choice(["uvl", "xml", "cnf"]), default="uvl", show_default=True, help="Format where no file is."
)
@language_option
def export(model: str, output: Path | None, to: str, lang: str | None) -> None:
    """Write a model in another format: .uvl, FeatureIDE's .xml, or .cnf; each also packed with .gz.

    Example: fates model export catalog -o fates.uvl
    """
    from fatesline import model_commands

    imported, _ = _opened(model, lang)
    with progress("writing"):
        text = model_commands.export(imported, output or f".{to}")
    is_uvl = output.name.removesuffix(".gz").endswith(".uvl") if output else to == "uvl"
    if imported.kept and not is_uvl:
        _remark(f"{len(imported.kept)} constraints beyond Boolean ones are left out: only UVL can hold them")
    if output is None:
        click.echo(text, nl=False)


model_group.add_command(export, "convert")


def _opened(model: str, lang: str | None) -> tuple[Imported, ModelWords]:
    """The model and how to speak about it; what its reader noticed goes to the error stream."""
    from fatesline import model_commands
    from fatesline.documents.model_words import ModelWords

    with progress("reading"):
        imported = model_commands.opened(model)
    noticed = [*map(str, imported.remarks), *map(str, imported.kept)]
    for line in noticed[:_MOST_REMARKS]:
        _remark(line)
    if len(noticed) > _MOST_REMARKS:
        _remark(f"{len(noticed) - _MOST_REMARKS} further remarks")
    return imported, ModelWords(imported.model, spoken(lang))


def _decided(
    imported: Imported, chosen: tuple[str, ...], ruled_out: tuple[str, ...], given: Path | None
) -> Configuration:
    from fatesline import model_commands

    return model_commands.decided(imported, chosen, ruled_out, file=given)


def _contradiction(found: Contradiction, words: ModelWords, format_: str) -> NoReturn:
    """Print a contradiction and stop with exit code 1."""
    from fatesline.documents.formats import model_as_json, model_as_text

    shown: Any = model_as_json if format_ == "json" else model_as_text
    click.echo(shown.contradiction(found, words))
    sys.exit(FINDINGS)


def _no_conflict(words: ModelWords, format_: str) -> NoReturn:
    from fatesline.documents.formats import model_as_json

    fine = words.say("no conflict: the decisions can be completed", "pas de conflit : les décisions sont compatibles")
    click.echo(model_as_json.text({"consistent": True}) if format_ == "json" else fine)
    sys.exit(0)


def _listed(found: Listed | Contradiction, words: ModelWords, format_: str) -> None:
    """Print configurations, or the contradiction instead."""
    from fatesline.documents.formats import model_as_json, model_as_text
    from fatesline.model_answers import Contradiction

    if isinstance(found, Contradiction):
        _contradiction(found, words, format_)
    click.echo(
        model_as_json.configurations(found, all_of_them=False)
        if format_ == "json"
        else model_as_text.configurations(found)
    )


def _remark(text: str) -> None:
    click.echo(text, err=True)
