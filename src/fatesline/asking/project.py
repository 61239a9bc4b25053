"""The command ``ask``: profile, interview and what was written before come together in one project file."""

from __future__ import annotations

import keyword
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fatesline.asking.words import word
from fatesline.catalog import Catalog
from fatesline.catalog.answers import AnswersFile
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
from fatesline.interview.prompts import Front
from fatesline.model.configuration import Configuration, Decision
from fatesline.reasoning import Reasoner

if TYPE_CHECKING:
    from fatesline.profiling import Proposals

Say = Callable[[str], None]


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
    front: Front | None,
    remark: Say,
    keep: Callable[[Project], None] | None = None,
) -> Asked:
    """Ask what is open and put the project together; writes nothing itself.

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
    front : Front or None
        Through which somebody answers; None: nobody is there.
    remark : callable
        Told what is no part of the conversation.
    keep : callable, optional
        Given the project as it stands after every answer.

    Raises
    ------
    UserError
        If the table cannot be used or an answer is none.
    Left
        If somebody leaves before the first question of the interview.
    """
    found: Proposals | None = None
    if data is not None:
        from fatesline.asking.table import measured, settings_of  # DuckDB, only where there is a table

        settings = settings_of(given.data, target, earlier, data)
        remark(word("measuring", language, file=data))
        found = measured(data, settings, catalog, language, remark, front)
    waivers = given.waivers or (earlier.waivers if earlier is not None else ())
    choices = {**(earlier.choices if earlier is not None else {}), **_choices(given)}
    session = Session(
        catalog,
        Reasoner(catalog.model),
        choices=Configuration.of(
            Decision(catalog.current_id(name), choice.chosen, choice.origin, note=choice.note)
            for name, choice in choices.items()
        ),
        without=tuple(waiver.constraint for waiver in waivers),
        language=language,
    )
    answers = {**(earlier.answers if earlier is not None else {}), **given.answers}
    proposed: Mapping[str, Answer] = found.answers if found is not None else {}
    answered = answer_all(session, answers, proposed=proposed if front is None else {})
    if answered.not_asked:
        remark(word("not_asked", language, questions=", ".join(answered.not_asked)))
    about = given.project or (earlier.project if earlier is not None else _about(data, "", ""))
    if front is not None and given.project is None and earlier is None:
        about = _asked_about(data, language, front)

    def project(now: Session) -> Project:
        kept_choices = {name: choice for name, choice in choices.items() if catalog.current_id(name) in now.choices}
        return Project(
            catalogs=tuple(CatalogUsed(name=layer.name, version=layer.version) for layer in catalog.layers),
            language=language,
            project=about,
            answers=now.answers,
            choices=kept_choices,
            parameters={**(earlier.parameters if earlier is not None else {}), **given.parameters},
            waivers=waivers,
            data=found.data if found is not None else (earlier.data if earlier is not None else None),
        )

    session, finished = answered.session, True
    if front is not None:
        words = Words(catalog, language)
        dialogue = Dialogue(
            session,
            front,
            language=language,
            proposed=proposed,
            explain=lambda argument: words.argument(argument, indent=""),
            keep=None if keep is None else lambda now: keep(project(now)),
        )
        outcome = dialogue.run()
        session, finished = outcome.session, outcome.finished
    elif answered.left_open and session.is_consistent:
        questions = ", ".join(answered.left_open)
        key = "left_open" if len(answered.left_open) > 1 else "left_open_one"
        remark(word(key, language, count=len(answered.left_open), questions=questions))
    if not session.is_consistent:
        return Asked(None, session, finished, language)
    whole = project(session)
    check_against(whole, catalog)
    return Asked(whole, session, finished, language)


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
            say(word("kept", project.language, path=path, backup=backup))
    write_whole(path, text)


def _choices(given: AnswersFile) -> dict[str, Choice]:
    return {
        name: choice if isinstance(choice, Choice) else Choice(chosen=choice) for name, choice in given.choices.items()
    }


def _asked_about(data: Path | None, language: Language, front: Front) -> About:
    title = front.text(word("title", language), _about(data, "", "").title)
    return _about(data, title, front.text(word("purpose", language)))


def _about(data: Path | None, title: str, purpose: str) -> About:
    """Title and package name, from the title or else from the table's name."""
    stem = data.name.partition(".")[0] if data is not None else ""
    title = title or stem.replace("_", " ").capitalize() or "Project"
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_")
    if not name or not name[0].isalpha() or keyword.iskeyword(name) or name in sys.stdlib_module_names:
        name = f"project_{name}".strip("_")
    return About(name=name, title=title, purpose=purpose)


def earlier_project(path: Path, catalog: Catalog, language: Language = "en") -> Project | None:
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
            f"{fault.what}\n  {word('cannot_go_on', language)}", where=fault.where, way_on=word("mend", language)
        ) from None
    return project
