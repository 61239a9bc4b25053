"""A profile for people: what was read, then the facts by what they concern, each with what it speaks for."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Sequence

from fatesline.catalog import Catalog
from fatesline.catalog.positions import printable
from fatesline.documents.wording import Language
from fatesline.profiling import Drift, Fact, Profile
from fatesline.profiling.people import SMALLEST_CLASS
from fatesline.profiling.rates import Rate
from fatesline.profiling.words import dropped_because, said

WIDTH = 110

#: Headings, and the kinds of facts below each. Constants, dates and identifiers are listed with the other columns that
#: are left out.
SECTIONS: tuple[tuple[tuple[str, str], frozenset[str]], ...] = (
    (
        ("Target", "Cible"),
        frozenset(
            ["task-type", "class-imbalance", "favourable-label", "favourable-direction", "missing-in-target"]
        ),
    ),
    (
        ("What may know the outcome too well", "Ce qui connaît peut-être trop bien l'issue"),
        frozenset(["leaks-target", "single-strong-column", "single-strong-value"]),
    ),
    (
        ("Protected attributes and groups", "Attributs protégés et groupes"),
        frozenset(
            ["protected-column", "base-rates-differ", "under-represented-group", "small-group", "group-share",
             "missing-by-group", "proxy-column"]
        ),
    ),
    (
        ("People", "Personnes"),
        frozenset(
            ["personal-data", "special-category-data", "criminal-offence-data", "repeated-persons",
             "singled-out-records"]
        ),
    ),
    (
        ("Missing and doubtful values", "Valeurs manquantes et douteuses"),
        frozenset(
            ["missing-values", "sentinel-number", "sparse-column", "outlying-values", "stray-blanks", "rare-values",
             "decimal-comma"]
        ),
    ),
    (
        ("Rows", "Lignes"),
        frozenset(["duplicate-rows", "ordered-rows", "time-column", "split-column", "survey-weight"]),
    ),
    (
        ("Columns", "Colonnes"),
        frozenset(
            ["free-text", "high-cardinality", "number-codes", "same-information"]
        ),
    ),
    (
        ("Compared with the other table", "Comparaison avec l'autre tableau"),
        frozenset(["column-drift", "columns-changed", "missing-drift", "new-values"]),
    ),
)  # fmt: skip


def profile(found: Profile, catalog: Catalog, source: str, language: Language, drift: Drift | None = None) -> str:
    """What was measured on a table, and the next step.

    Parameters
    ----------
    found : Profile
    catalog : Catalog
        Has the titles of the options that facts propose.
    source : str
        As the user named it.
    language : {'en', 'fr'}
    drift : Drift, optional
        From another table to this one.
    """
    french = language == "fr"
    facts = [*found.facts, *(drift.facts if drift is not None else ())]
    lines = _read(found, language)
    for heading, kinds in SECTIONS:
        section = _section([fact for fact in facts if fact.kind in kinds], catalog, language)
        if "base-rates-differ" in kinds:
            section += _rates(found, language)
        if "high-cardinality" in kinds:
            section += _columns(found, language)
        if section:
            lines += ["", heading[french], *section]
    if found.sampled_rows < found.rows:
        lines += ["", *_sampled(found, language)]
    return "\n".join([*lines, "", _next(found, source, language)])


def _read(found: Profile, language: Language) -> list[str]:
    french = language == "fr"
    rows, columns = _count(found.rows, language), len(found.columns) + 1 + (found.person is not None)
    how = [
        found.format,
        *(name for name in (_DELIMITERS.get(found.delimiter, ("", ""))[french], found.encoding) if name),
    ]
    lines = [
        f"{printable(found.file)}: {rows} lignes, {columns} colonnes ({', '.join(how)})"
        if french
        else f"{printable(found.file)}: {rows} rows, {columns} columns ({', '.join(how)})"
    ]
    if found.sha256:
        lines.append(f"sha256 {found.sha256}")
    else:
        lines.append("sans empreinte : pas de fichier" if french else "not hashed: there is no file")
    if found.missing:
        texts = ", ".join(_shown(text, language) for text in found.missing[:10])
        lines.append(f"valeurs manquantes : {texts}" if french else f"missing values: {texts}")
    for new, old in found.renamed.items():
        name, stands = printable(new, 60), printable(old, 60)
        lines.append(
            f"le nom « {stands} » figure plusieurs fois ; une colonne devient « {name} »"
            if french
            else f'the name "{stands}" stands there more than once; one column becomes "{name}"'
        )
    return lines


_DELIMITERS = {
    ",": ("comma", "virgule"),
    ";": ("semicolon", "point-virgule"),
    "\t": ("tab", "tabulation"),
    "|": ("bar", "barre"),
}


def _shown(text: str, language: Language) -> str:
    if not text.strip():
        return "cellule vide" if language == "fr" else "empty cell"
    return f'"{printable(text)}"'


def _section(facts: Sequence[Fact], catalog: Catalog, language: Language) -> list[str]:
    """Facts that hold, with the options they speak for; then what cannot be told."""
    lines = []
    for fact in facts:
        undecided = fact.standing == "undecided"
        if not fact.holds and not undecided:
            continue
        mark = "?" if undecided else "~" if fact.standing == "suggested" else "-"
        text = said(fact, language)
        if undecided:
            text = f"on ne peut pas dire : {text}" if language == "fr" else f"cannot tell: {text}"
        lines += _wrapped(text, f"  {mark} ", "    ")
        titles = [catalog.title(option, language) for option in fact.proposes if option in catalog.options]
        if titles and fact.holds:
            lines += _wrapped("; ".join(titles), "    → ", "      ")
    return lines


def _wrapped(text: str, first: str, then: str) -> list[str]:
    # A figure and its unit stay together.
    lines = textwrap.wrap(
        text.replace(" %", "\xa0%"),
        WIDTH,
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace("\xa0%", " %") for line in lines]


def _rates(found: Profile, language: Language) -> list[str]:
    """A table of how often the outcome is favourable in each group."""
    french = language == "fr"
    lines: list[str] = []
    for attribute, rates in found.rates.items():
        name = attribute
        if attribute == "intersection":
            name = "croisement" if french else "crossed"
        head = ("groupe", "lignes", "favorable", "intervalle à 95 %") if french else (
            "group", "rows", "favourable", "95 % interval"
        )  # fmt: skip
        shown = [_cells(rate, language) for rate in rates[:20]]
        widths = [max(len(row[place]) for row in (head, *shown)) for place in range(4)]
        lines += ["", f"  {printable(name)}"]
        lines += [
            "    " + "  ".join([row[0].ljust(widths[0]), *(row[place].rjust(widths[place]) for place in (1, 2, 3))])
            for row in (head, *shown)
        ]
        if len(rates) > 20:
            more = len(rates) - 20
            lines.append(f"    … et {more} autres groupes" if french else f"    … and {more} more groups")
    return lines


def _cells(rate: Rate, language: Language) -> tuple[str, str, str, str]:
    if rate.count < SMALLEST_CLASS:
        # The rate of a handful of rows is the outcome of persons.
        return printable(rate.group, 40), _count(rate.count, language), "–", "–"
    return (
        printable(rate.group, 40),
        _count(rate.count, language),
        f"{_share(rate.value, language)} %",
        f"{_share(rate.low, language)} – {_share(rate.high, language)} %",
    )


def _columns(found: Profile, language: Language) -> list[str]:
    """What each column is proposed to be used as."""
    french = language == "fr"
    lines = []
    for use, title in (("numeric", ("numbers", "nombres")), ("categorical", ("categories", "catégories"))):
        names = [printable(column.name, 60) for column in found.columns if column.use == use]
        if names:
            lines += _wrapped(f"{title[french]} ({len(names)}): {_listed(names)}", "  · ", "    ")
    reasons: dict[str, list[str]] = {}
    for column in found.columns:
        if column.use == "dropped":
            reasons.setdefault(column.reason, []).append(printable(column.name, 60))
    for reason, names in reasons.items():
        why = dropped_because(reason, language)
        left = "écartées" if french else "left out"
        lines += _wrapped(f"{left}, {why} ({len(names)}): {_listed(names)}", "  · ", "    ")
    return lines


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:40]) + (", …" if len(names) > 40 else "")


def _sampled(found: Profile, language: Language) -> list[str]:
    part = _count(found.sampled_rows, language)
    if language == "fr":
        return _wrapped(
            f"Chaque ligne est comptée ; les quantiles, les motifs et ce qu'une colonne dit d'une autre sont mesurés "
            f"sur {part} lignes tirées au hasard, toujours les mêmes.", "", "",
        )  # fmt: skip
    return _wrapped(
        f"Every row is counted; quantiles, patterns of values and what one column tells of another are measured on "
        f"{part} rows drawn at random, always the same.", "", "",
    )  # fmt: skip


def _next(found: Profile, source: str, language: Language) -> str:
    french = language == "fr"
    legend = (
        "- mesuré, ~ à confirmer, ? indécidable, → option proposée"
        if french
        else "- measured, ~ to be confirmed, ? cannot be told, → option proposed"
    )
    if found.sha256:
        step = f"fates ask --data {shlex.quote(source)} --target {shlex.quote(found.target)}"
    else:
        step = "enregistrer en fichier, puis fates ask --data" if french else "save as a file, then fates ask --data"
    return f"{legend}\n{'ensuite :' if french else 'next:'} {step}"


def _count(number: int, language: Language) -> str:
    return f"{number:,}".replace(",", " ") if language == "fr" else f"{number:,}"


def _share(value: float, language: Language) -> str:
    shown = f"{100 * value:.1f}"
    return shown.replace(".", ",") if language == "fr" else shown
