"""The command ``ask``: profile, interview and what was written before come together in one project file."""

from __future__ import annotations

import keyword
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from fatesline.catalog import Catalog
from fatesline.catalog.answers import AnswersFile, DataSettings
from fatesline.catalog.project import (
    About,
    Answer,
    CatalogUsed,
    Choice,
    Project,
    check_against,
    read_project,
    write_project,
)
from fatesline.documents.wording import Language, Words
from fatesline.errors import UserError
from fatesline.files import write_whole
from fatesline.interview import Session, answer_all
from fatesline.interview.dialogue import Dialogue
from fatesline.model.configuration import Configuration, Decision
from fatesline.profiling import Profile, Proposals, profile, proposals
from fatesline.profiling.profile import target_candidates
from fatesline.reasoning import Reasoner

Say = Callable[[str], None]
#: Shows a prompt and gives what was typed; EOFError when nobody can type any more.
Ask = Callable[[str], str]

_WORDS = {
    "en": {
        "measuring": "measuring {file}",
        "measured": "Measured on {file}: {rows} rows, {columns} columns.",
        "target": "Which column is to be predicted?",
        "favourable": "Which label is good for the person concerned? ({labels})",
        "protected": "Which columns are protected attributes? (separated by commas, or - for none)",
        "title": "What is the project called?",
        "purpose": "What is it for, in one sentence?",
        "enter": "{question} [Enter: {default}] ",
        "left_open": "{count} questions are open and will be read protectively: {questions}",
        "not_asked": "not asked here, so the answer does not count: {questions}",
        "kept": "{path} held comments or edits of yours; as it was, it is now {backup}",
    },
    "fr": {
        "measuring": "mesure de {file}",
        "measured": "Mesuré sur {file} : {rows} lignes, {columns} colonnes.",
        "target": "Quelle colonne faut-il prédire ?",
        "favourable": "Quelle étiquette est favorable à la personne concernée ? ({labels})",
        "protected": "Quelles colonnes sont des attributs protégés ? (séparées par des virgules, ou - pour aucune)",
        "title": "Comment s'appelle le projet ?",
        "purpose": "À quoi sert-il, en une phrase ?",
        "enter": "{question} [Entrée : {default}] ",
        "left_open": "{count} questions sont ouvertes et seront lues de façon protectrice : {questions}",
        "not_asked": "non posées ici, la réponse ne compte donc pas : {questions}",
        "kept": "{path} contenait des commentaires ou des modifications ; l'ancienne version est {backup}",
    },
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking.

    Parameters
    ----------
    project : Project or None
        None if the answers contradict each other.
    session : Session
        As it stands at the end; blocked where ``project`` is None.
    finished : bool
        False if the user left before the last question.
    """

    project: Project | None
    session: Session
    finished: bool
    language: Language


def ask_project(
    catalog: Catalog,
    *,
    data: Path | None,
    target: str | None,
    given: AnswersFile,
    earlier: Project | None,
    language: Language,
    say: Say,
    ask: Ask | None,
    progress: Say,
) -> Asked:
    """Ask what is open and put the project together; writes nothing.

    Parameters
    ----------
    catalog : Catalog
    data : Path or None
        A table to be measured.
    target : str or None
        Column to be predicted.
    given : AnswersFile
        Answers that need no asking.
    earlier : Project or None
        To go on from.
    language : {'en', 'fr'}
    say : callable
        Shows one line.
    ask : callable or None
        None: nobody is there to answer.
    progress : callable
        Told what takes long.

    Raises
    ------
    UserError
        If the table cannot be used or an answer is none.
    """
    settings = given.data if target is None else given.data.model_copy(update={"target": target})
    found: Proposals | None = None
    if data is not None:
        progress(_word("measuring", language, file=data))
        found = _measured(data, settings, catalog, language, say, ask)
    reasoner = Reasoner(catalog.model)
    waivers = given.waivers or (earlier.waivers if earlier is not None else ())
    choices = {**(earlier.choices if earlier is not None else {}), **_choices(given)}
    session = Session(
        catalog,
        reasoner,
        choices=Configuration.of(
            Decision(catalog.current_id(name), choice.chosen, choice.origin, note=choice.note)
            for name, choice in choices.items()
        ),
        without=tuple(waiver.constraint for waiver in waivers),
    )
    answers = {**(earlier.answers if earlier is not None else {}), **given.answers}
    measured: Mapping[str, Answer] = found.answers if found is not None else {}
    finished = True
    if ask is None:
        answered = answer_all(session, answers, proposed=measured)
        session = answered.session
        if answered.not_asked:
            progress(_word("not_asked", language, questions=", ".join(answered.not_asked)))
        if answered.left_open and session.is_consistent:
            questions = ", ".join(answered.left_open)
            progress(_word("left_open", language, count=len(answered.left_open), questions=questions))
        about = given.project or (earlier.project if earlier is not None else _about(data, "", ""))
    else:
        session = answer_all(session, answers).session
        about = given.project or (earlier.project if earlier is not None else _asked_about(data, language, ask))
        words = Words(catalog, language)
        dialogue = Dialogue(
            session,
            say,
            ask,
            language=language,
            proposed=measured,
            explain=lambda argument: words.argument(argument, indent=""),
        )
        outcome = dialogue.run()
        session, finished = outcome.session, outcome.finished
    if not session.is_consistent:
        return Asked(None, session, finished, language)
    kept_choices = {name: choice for name, choice in choices.items() if catalog.current_id(name) in session.choices}
    project = Project(
        catalogs=tuple(CatalogUsed(name=layer.name, version=layer.version) for layer in catalog.layers),
        language=language,
        project=about,
        answers=session.answers,
        choices=kept_choices,
        parameters={**(earlier.parameters if earlier is not None else {}), **given.parameters},
        waivers=waivers,
        data=found.data if found is not None else (earlier.data if earlier is not None else None),
    )
    check_against(project, catalog)
    return Asked(project, session, finished, language)


def save(project: Project, path: Path, say: Say) -> None:
    """Write the project file; a version that held comments or edits is kept beside it."""
    text = write_project(project)
    if path.exists():
        before = path.read_text(encoding="utf-8", errors="surrogateescape")
        if before != text and before != write_project(read_project(path)):
            backup = next(
                candidate
                for candidate in (path.with_name(f"{path.name}.before{number or ''}") for number in range(1000))
                if not candidate.exists()
            )
            write_whole(backup, before.encode("utf-8", "surrogateescape"))
            say(_word("kept", project.language, path=path, backup=backup))
    write_whole(path, text)


def _measured(
    data: Path, settings: DataSettings, catalog: Catalog, language: Language, say: Say, ask: Ask | None
) -> Proposals:
    """The profile's proposals, confirmed or changed where somebody is there."""
    if ask is None:
        found = profile(data, settings.target, settings.favourable, settings.protected_columns())
        return _proposed(found, catalog, language, settings, say)
    if settings.target is None:
        candidates = target_candidates(data)
        typed = ask(_enter(_word("target", language), candidates[0] if candidates else "-", language)).strip()
        settings = settings.model_copy(update={"target": typed or (candidates[0] if candidates else None)})
    found = profile(data, settings.target, settings.favourable, settings.protected_columns())
    say(_word("measured", language, file=found.file, rows=f"{found.rows:,}", columns=len(found.columns) + 1))
    if settings.favourable is None:
        labels = ", ".join(f"{label}: {count:,}" for label, count in found.labels[:5])
        question = _word("favourable", language, labels=labels)
        typed = ask(_enter(question, found.favourable or "-", language)).strip()
        settings = settings.model_copy(update={"favourable": typed or found.favourable})
    if settings.protected is None:
        columns = ", ".join(one.column for one in found.protected) or "-"
        typed = ask(_enter(_word("protected", language), columns, language)).strip() or columns
        named = tuple(part.strip() for part in typed.split(",") if part.strip() not in ("", "-"))
        settings = settings.model_copy(update={"protected": named})
    found = profile(data, settings.target, settings.favourable, settings.protected_columns())
    return _proposed(found, catalog, language, settings, say)


def _proposed(found: Profile, catalog: Catalog, language: Language, settings: DataSettings, say: Say) -> Proposals:
    if settings.protected == ():
        found = replace(found, protected=())
    proposed = proposals(found, catalog, language=language, settings=settings)
    for remark in proposed.remarks:
        say(f"  {remark}")
    return proposed


def _choices(given: AnswersFile) -> dict[str, Choice]:
    return {
        name: choice if isinstance(choice, Choice) else Choice(chosen=choice) for name, choice in given.choices.items()
    }


def _asked_about(data: Path | None, language: Language, ask: Ask) -> About:
    default = _about(data, "", "")
    title = ask(_enter(_word("title", language), default.title, language)).strip() or default.title
    purpose = ask(f"{_word('purpose', language)} ").strip()
    return _about(data, title, purpose)


def _about(data: Path | None, title: str, purpose: str) -> About:
    """Title and package name, from the title or else from the table's name."""
    stem = data.name.partition(".")[0] if data is not None else ""
    title = title or stem.replace("_", " ").capitalize() or "Project"
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_")
    if not name or not name[0].isalpha() or keyword.iskeyword(name) or name in sys.stdlib_module_names:
        name = f"project_{name}".strip("_")
    return About(name=name, title=title, purpose=purpose)


def earlier_project(path: Path, catalog: Catalog) -> Project | None:
    """What an earlier interview wrote to the same file, to go on from; None if there is no file.

    Raises
    ------
    UserError
        If the file is there but is no project file; it is not overwritten.
    """
    if not path.exists():
        return None
    try:
        project = read_project(path)
        check_against(project, catalog)
    except UserError as fault:
        raise UserError(
            f"{fault.what}\n  the file is there already and cannot be gone on from",
            where=fault.where,
            way_on="Mend it, or choose another with -o.",
        ) from None
    return project


def _enter(question: str, default: str, language: Language) -> str:
    return _word("enter", language, question=question, default=default)


def _word(key: str, language: Language, **values: object) -> str:
    return _WORDS[language][key].format(**values)
