"""What is settled about a table before the interview: target, favourable label, protected columns, and proposals."""

from __future__ import annotations

import glob
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from fatesline.asking.words import word
from fatesline.catalog import Catalog
from fatesline.catalog.answers import DataSettings
from fatesline.catalog.project import Project
from fatesline.documents.wording import Language
from fatesline.errors import UserError
from fatesline.interview.prompts import Choice, Front, Left, Picked, Prompt
from fatesline.profiling import Profile, Proposals, profile, proposals
from fatesline.profiling.profile import target_candidates
from fatesline.profiling.targets import Favourable, labels_of

Say = Callable[[str], None]

#: Columns offered for ticking; of wider tables the names are typed.
MOST_LISTED = 40


def settings_of(given: DataSettings, target: str | None, earlier: Project | None, data: Path | None) -> DataSettings:
    """What is settled about the data; an interview that goes on with the same table does not ask for it again."""
    settings = given if target is None else given.model_copy(update={"target": target})
    before = earlier.data if earlier is not None else None
    if (
        before is None
        or data is None
        or before.file not in (data.name, _file(data))
        or settings.target not in (None, before.target)
    ):
        return settings
    known: dict[str, object] = {"target": before.target}
    if settings.favourable is None and before.favourable_labels:
        known["favourable"] = before.favourable
    if settings.favourable is None and before.direction is not None:
        known["favourable"] = before.direction
    if settings.protected is None:
        known["protected"] = before.protected
    if settings.time is None:
        known["time"] = before.time
    return settings.model_copy(update=known)


def _file(data: Path) -> str:
    """The name of the file, without the table behind ``::``."""
    return data.name.rpartition("::")[0]


def measured(
    data: Path, settings: DataSettings, catalog: Catalog, language: Language, remark: Say, front: Front | None
) -> Proposals:
    """The profile's proposals; target, favourable label and protected columns confirmed where somebody is there."""
    if data.is_dir() or (glob.has_magic(str(data)) and not data.exists()):
        raise UserError(
            "this names several files; the generated project reads its table from one",
            where=str(data),
            way_on="Name one file; fates profile measures a folder or pattern as it is.",
        )

    def profiled() -> Profile:
        return profile(
            data,
            settings.target,
            settings.favourable,
            settings.protected_columns(),
            reference=settings.reference or None,
            language=language,
        )

    if front is None:
        found = profiled()
        return _proposed(found, catalog, language, settings, remark)
    if settings.target is None:
        candidates = target_candidates(data)
        typed = front.text(word("target", language), candidates[0] if candidates else "", candidates)
        settings = settings.model_copy(update={"target": typed or None})
    found = profiled()
    rows, columns = _grouped(found.rows, language), len(found.columns) + 1
    front.say(word("measured", language, file=found.file, rows=rows, columns=columns))
    if settings.favourable is None and found.labels:
        choices = tuple(Choice(label, label, remark=word("counted", language, count=_grouped(count, language)))
                        for label, count in found.labels)  # fmt: skip
        settings = settings.model_copy(update={"favourable": _favourable(found, choices, language, front)})
    if settings.favourable is None and found.task == "numeric":
        sides = tuple(Choice(side, word(side, language)) for side in ("high", "low"))
        marked = (found.direction,) if found.direction is not None else None
        (favourable,) = _picked(front, Prompt("single", word("direction", language), sides, marked=marked))
        settings = settings.model_copy(update={"favourable": favourable})
    if settings.protected is None:
        settings = settings.model_copy(update={"protected": _protected(found, language, front)})
    found = profiled()
    return _proposed(found, catalog, language, settings, front.say)


def _favourable(found: Profile, choices: Sequence[Choice], language: Language, front: Front) -> Favourable:
    """The favourable label, of several classes perhaps several labels; neither none nor all."""
    marked = labels_of(found.favourable) or None
    if found.task != "several_classes":
        (favourable,) = _picked(front, Prompt("single", word("favourable", language), tuple(choices), marked=marked))
        return favourable
    while True:
        picked = _picked(front, Prompt("multi", word("favourable_several", language), tuple(choices), marked=marked))
        if 0 < len(picked) < len(choices):
            return picked
        front.say(word("some_favourable", language), "warning")


def _protected(found: Profile, language: Language, front: Front) -> tuple[str, ...]:
    """Protected columns, those that were found ticked."""
    groups = {
        one.column: word("groups", language, groups=", ".join((*one.groups, *([one.other] if one.other else []))))
        for one in found.protected
    }
    columns = [*groups, *(one.name for one in found.columns if one.name not in groups)]
    if len(columns) <= MOST_LISTED:
        choices = tuple(Choice(name, name, remark=groups.get(name, "")) for name in columns)
        return _picked(front, Prompt("multi", word("protected", language), choices, marked=tuple(groups)))
    typed = front.text(word("protected_typed", language), ", ".join(groups) or "-", columns)
    return tuple(part.strip() for part in typed.split(",") if part.strip() not in ("", "-"))


def _grouped(number: int, language: Language) -> str:
    """A large number as people of a language read it."""
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}") if language == "fr" else f"{number:,}"


def _picked(front: Front, prompt: Prompt) -> tuple[str, ...]:
    reply = front.pick(prompt)
    if not isinstance(reply, Picked):
        raise Left
    return reply.ids


def _proposed(found: Profile, catalog: Catalog, language: Language, settings: DataSettings, say: Say) -> Proposals:
    if not found.sha256:
        raise UserError(
            f"this is {found.format}; the generated project reads its table from one file",
            where=found.file,
            way_on="Save the table as a file and name that; fates profile measures it as it is.",
        )
    if settings.protected == ():
        found = replace(found, protected=())
    proposed = proposals(found, catalog, language=language, settings=settings)
    for remark in proposed.remarks:
        say(f"  {remark}")
    return proposed
