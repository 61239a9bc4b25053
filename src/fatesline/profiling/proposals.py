"""What a profile proposes: answers with their measured figure, and the ``data`` section of ``fates.yaml``."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fatesline.catalog.answers import DataSettings
from fatesline.catalog.catalog import Catalog
from fatesline.catalog.positions import printable
from fatesline.catalog.project_shape import Answer, Data, Protected, TimeColumn
from fatesline.errors import UserError, UserErrors, did_you_mean
from fatesline.profiling.columns import Column
from fatesline.profiling.facts import Fact
from fatesline.profiling.people import SMALLEST_CLASS
from fatesline.profiling.profile import Profile
from fatesline.profiling.words import dropped_because, few_rows, said


@dataclass(frozen=True, slots=True)
class Proposals:
    """Answers and data settings that a profile speaks for; nothing is decided before somebody confirms it.

    Parameters
    ----------
    answers : mapping of str to Answer
        By question id, origin ``measured``, the figures as note.
    data : Data
    remarks : tuple of str
        Sentences on what somebody should look at: columns left out, leaks, repeated rows, doubtful markers.
    """

    answers: Mapping[str, Answer]
    data: Data
    remarks: tuple[str, ...]


_REMARKED = (
    "task-type",
    "favourable-label",
    "favourable-direction",
    "missing-in-target",
    "sentinel-number",
    "duplicate-rows",
    "repeated-persons",
    "leaks-target",
    "single-strong-column",
    "single-strong-value",
    "same-information",
    "number-codes",
    "survey-weight",
    "split-column",
    "ordered-rows",
    "time-column",
    "personal-data",
    "decimal-comma",
    "protected-column",
)


def _is_remarked(fact: Fact) -> bool:
    """Facts that somebody should look at; what two labels are and what the user named need no remark."""
    if fact.kind == "task-type":
        return dict(fact.more)["task"] != "binary"
    return fact.kind in _REMARKED and (fact.holds or fact.standing == "undecided")


def proposals(
    profile: Profile, catalog: Catalog, *, language: str = "en", settings: DataSettings | None = None
) -> Proposals:
    """Answers and data settings from a profile.

    Parameters
    ----------
    profile : Profile
    catalog : Catalog
        Only its questions and options are proposed.
    language : {'en', 'fr'}
        Of notes and reasons.
    settings : DataSettings, optional
        What the user settled already; its target, label and protected columns must have gone into the profile.

    Raises
    ------
    UserError
        If nothing tells what kind of target it is or which outcome is favourable, or a setting names no column.
    """
    settings = settings or DataSettings()
    settled = {"time-column"} if settings.time is not None else set()
    remarks = tuple(said(fact, language) for fact in profile.facts if _is_remarked(fact) and fact.kind not in settled)
    data = data_section(profile, settings, language)
    if rare := _rare_levels(profile, data):
        remarks = (*remarks, few_rows(rare, SMALLEST_CLASS, language))
    return Proposals(_answers(profile, data, catalog, language), data, remarks)


def data_section(profile: Profile, settings: DataSettings, language: str = "en") -> Data:
    """The ``data`` section of ``fates.yaml``; raises as `proposals`."""
    outcome = _outcome(profile)
    inputs = [column for column in profile.columns if column.name != settings.person]
    _refuse_unknown(profile, settings, inputs)
    kept = [column for column in inputs if _use(column, settings) != "dropped"]
    numeric = [column for column in kept if _use(column, settings) == "numeric"]
    categorical = [column for column in kept if _use(column, settings) == "categorical"]
    days = {column.name: column.days for column in kept if _use(column, settings) == "date" and column.days is not None}
    names = [column.name for column in kept]
    person = settings.person or profile.person
    protected = _protected(profile, settings)
    quasi = settings.quasi_identifiers if settings.quasi_identifiers is not None else profile.quasi_identifiers
    return Data(
        file=profile.file,
        sha256=profile.sha256,
        rows=profile.rows,
        **_file(profile),
        target=profile.target,
        **outcome,
        missing=profile.missing,
        numeric=tuple(column.name for column in numeric),
        categorical=tuple(column.name for column in categorical),
        text=tuple(column.name for column in kept if _use(column, settings) == "text"),
        dates={name: written for name, (written, _) in days.items()},
        reference_day=max((latest for _, latest in days.values()), default=None),
        levels={column.name: tuple(sorted(level for level, _ in column.levels)) for column in categorical},
        ranges={
            column.name: (column.low, column.high)
            for column in numeric
            if column.low is not None and column.high is not None
        },
        protected=protected,
        person=person,
        time=_time(inputs, settings, days),
        quasi_identifiers=tuple(name for name in quasi if name in names),
        dropped={
            column.name: dropped_because(
                "asked" if column.name in settings.drop else column.reason or "asked", language
            )
            for column in inputs
            if column not in kept
        },
    )


def _file(profile: Profile) -> dict[str, Any]:
    """How the file is read again."""
    if profile.format == "csv":
        return {"delimiter": profile.delimiter, "encoding": profile.encoding}
    if profile.renamed:
        name = next(iter(profile.renamed.values()))
        raise UserError(
            f'several columns are called "{printable(name)}"; a project reads columns by name',
            where=profile.file,
            way_on="Give them different names.",
        )
    return {"format": profile.format, "table": profile.table}


def _rare_levels(profile: Profile, data: Data) -> dict[str, int]:
    """How many values that the project names are those of a handful of rows, by column: perhaps of one person."""
    found = {
        column.name: sum(rows < SMALLEST_CLASS for _, rows in column.levels)
        for column in profile.columns
        if column.name in data.levels
    }
    return {name: count for name, count in found.items() if count}


def _outcome(profile: Profile) -> dict[str, Any]:
    """What the ``data`` section says of the outcome: labels and the favourable one, or the direction of a number."""
    name = printable(profile.target)
    if profile.task is None:
        listed = " or ".join(f'"{printable(label, 40)}"' for label, _ in profile.labels)
        raise UserError(
            f'the target "{name}" has {len(profile.labels) or "too many"} values; whether they are labels or points of '
            "a scale cannot be told",
            where=profile.file,
            way_on=f"Say what is favourable: high or low for a scale, or a label: {listed}."
            if listed
            else "Name a target with a few labels, or with numbers.",
        )
    if profile.task == "numeric":
        if profile.direction is None:
            raise UserError(
                f'whether high or low values of "{name}" are favourable for the person cannot be told',
                where=profile.file,
                way_on="Say what is favourable: high or low.",
            )
        return {"direction": profile.direction}
    if profile.favourable is None:
        listed = " or ".join(f'"{printable(label, 40)}"' for label, _ in profile.labels)
        raise UserError(
            f'which label of "{name}" is favourable for the person cannot be told',
            where=profile.file,
            way_on=f"Name it: {listed}.",
        )
    if profile.task == "binary":
        return {"favourable": profile.favourable}
    return {"favourable": profile.favourable, "labels": tuple(sorted(label for label, _ in profile.labels))}


def _time(columns: Sequence[Column], settings: DataSettings, kept_dates: Container[str]) -> TimeColumn | None:
    """When rows came about; with how it is written where dates are left out of what the model reads."""
    named = settings.time
    if named is None or named.column in kept_dates:
        return None if named is None else TimeColumn(column=named.column)
    days = next(column.days for column in columns if column.name == named.column)
    return TimeColumn(column=named.column, format=named.format or (days[0] if days is not None else None))


def _faults_of_time(named: TimeColumn, known: Mapping[str, Column], settings: DataSettings) -> Iterator[str]:
    name, column = printable(named.column), known.get(named.column)
    if column is None:
        yield f'there is no column "{name}" that could say when a row came about'
        return
    use = _use(column, settings)
    written = column.days[0] if column.days is not None else None
    if use == "text":
        yield f'the column "{name}" is read as free text; it cannot say when a row came about'
    elif named.format is None and written is None and not column.looks_numeric:
        yield f'the column "{name}" holds neither numbers nor dates that are written in one way; state their format'
    elif named.format is not None and use == "numeric":
        yield f'the column "{name}" is read as a number and needs no format'
    elif named.format is not None and use == "date" and named.format != written:
        yield f'the dates of the column "{name}" are written {written}, not {printable(named.format)}'


def _use(column: Column, settings: DataSettings) -> str:
    if column.name in settings.drop:
        return "dropped"
    if column.name in settings.keep and column.use == "dropped":
        if column.reason in ("text", "date"):
            return column.reason
        return "numeric" if column.looks_numeric else "categorical"
    return column.use


def _refuse_unknown(profile: Profile, settings: DataSettings, inputs: Sequence[Column]) -> None:
    """Settings that name no column, or take back what no model can read."""
    known = {column.name: column for column in inputs}
    faults = []
    for name in (*settings.keep, *settings.drop, *(settings.quasi_identifiers or ())):
        if name not in known and name not in (profile.person, settings.person):
            hint = did_you_mean(printable(name), map(printable, known))
            faults.append(UserError(f'there is no column "{printable(name)}"', where=profile.file, way_on=hint))
    if settings.person is not None and settings.person not in {column.name for column in profile.columns} | {
        profile.person
    }:
        faults.append(UserError(f'there is no column "{printable(settings.person)}"', where=profile.file))
    for name in settings.keep:
        column = known.get(name)
        if column is None or column.reason in ("", "text") or (column.reason == "date" and column.days is not None):
            continue
        if column.reason in ("leak", "identifier") and column.looks_numeric:
            continue
        why = dropped_because(column.reason)
        if column.reason == "date":
            why = "how its dates are written cannot be told; day and month may be either way round"
        faults.append(UserError(f'the column "{printable(name)}" cannot be kept: {why}', where=profile.file))
    if settings.time is not None:
        hint = did_you_mean(printable(settings.time.column), map(printable, known))
        found = _faults_of_time(settings.time, known, settings)
        unknown = settings.time.column not in known
        faults += [UserError(what, where=profile.file, way_on=hint if unknown else "") for what in found]
    for name in settings.drop:
        if name in {one.column for one in profile.protected}:
            faults.append(
                UserError(f'the column "{printable(name)}" is protected; it stays for measuring', where=profile.file)
            )
    if faults:
        raise UserErrors(faults)


def _protected(profile: Profile, settings: DataSettings) -> tuple[Protected, ...]:
    written = {one.column: one for one in settings.protected or () if isinstance(one, Protected)}
    return tuple(written.get(one.column, one) for one in profile.protected)


def _answers(profile: Profile, data: Data, catalog: Catalog, language: str) -> dict[str, Answer]:
    holding = [fact for fact in profile.facts if fact.holds]
    speaking: dict[str, list[Fact]] = {}
    for fact in holding:
        for option in fact.proposes:
            speaking.setdefault(option, []).append(fact)
    personal = [fact for fact in holding if fact.kind in ("personal-data", "protected-column", "repeated-persons")]
    if personal:
        speaking["personal_data"] = personal
    notes: dict[str, list[str]] = {
        option: [said(fact, language) for fact in facts] for option, facts in speaking.items()
    }
    for option, note in _groups(profile, language).items():
        notes[option] = [note]
    notes["learns_from_tables"] = [_size(profile, language)]
    if data.text:
        notes["text_columns"] = [", ".join(map(printable, data.text))]
    if data.dates:
        notes["date_columns"] = [", ".join(map(printable, data.dates))]
    if data.time is not None:
        notes["time_column"] = [printable(data.time.column)]
    answers = {}
    for question in catalog.questions:
        chosen = [option.id for option in question.options if option.id in notes]
        if question.measured and chosen and (question.type != "single" or len(chosen) == 1):
            sentences = dict.fromkeys(text for option in chosen for text in notes[option][:2])
            answers[question.id] = Answer(chosen=tuple(chosen), origin="measured", note="; ".join(sentences))
    return answers


def _size(profile: Profile, language: str) -> str:
    """Whoever measures a table learns from one."""
    rows, columns = profile.rows, len(profile.columns) + 1
    if language == "fr":
        return f"une table de {rows} lignes et {columns} colonnes"
    return f"a table of {rows} rows and {columns} columns"


def _groups(profile: Profile, language: str) -> dict[str, str]:
    """Whether group membership is known, and which groups there are to compare."""
    if not profile.protected:
        return {}
    counts = {one.attribute: len(one.groups) + (one.other is not None) for one in profile.protected}
    listed = ", ".join(f"{printable(attribute)} ({count})" for attribute, count in counts.items())
    option = "crossed_groups"
    if len(counts) == 1:
        option = "two_groups" if max(counts.values()) == 2 else "several_groups"
    known = "attributs et nombre de groupes" if language == "fr" else "attributes and number of groups"
    note = f"{known} : {listed}" if language == "fr" else f"{known}: {listed}"
    return {"known_for_training_and_test": note, option: note}
