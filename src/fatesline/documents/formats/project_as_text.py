"""How a generated project stands, and what an update did to it, for people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fatesline.documents.wording import Language
from fatesline.generation.upkeep import Change, Status

_HOW = {
    "new": ("new", "nouveau"),
    "replaced": ("replaced", "remplacé"),
    "merged": ("merged with your edits", "fusionné avec vos modifications"),
    "removed": ("removed", "supprimé"),
    "conflict": (
        "CONFLICT: both versions stand between markers",
        "CONFLIT : les deux versions figurent entre des marques",
    ),
    "restored": ("CONFLICT: you deleted it, it has changed; here it is again",
                 "CONFLIT : vous l'aviez supprimé, il a changé ; le revoici"),
    "kept": ("CONFLICT: no longer part of the project, but you edited it; left as it is",
             "CONFLIT : ne fait plus partie du projet, mais vous l'aviez modifié ; laissé tel quel"),
}  # fmt: skip


def updated(
    changes: Sequence[Change], added: Sequence[str], removed: Sequence[str], folder: Path, language: Language
) -> str:
    """What was written, file by file, and the next step.

    Parameters
    ----------
    changes : sequence of Change
    added, removed : sequence of str
        Features that the configuration gained and lost.
    folder : Path
        Of the project.
    language : {'en', 'fr'}
    """
    french = language == "fr"
    lines = [f"+ {name}" for name in added] + [f"- {name}" for name in removed]
    lines += [f"{change.path}: {_HOW[change.how][french]}" for change in changes]
    if not changes:
        return "rien à changer" if french else "nothing to change"
    if any(change.needs_you for change in changes):
        step = "réglez les conflits, puis" if french else "settle the conflicts, then"
    else:
        step = "relisez avec git diff, puis" if french else "read it with git diff, then"
    then = "ensuite :" if french else "next:"
    return "\n".join([*lines, f"{then} {step} cd {folder} && make test"])


def status(found: Status, folder: Path, language: Language) -> str:
    """What was edited, what is outdated, which conflicts are open, and the next step.

    Parameters
    ----------
    found : Status
    folder : Path
        Of the project.
    language : {'en', 'fr'}
    """
    french = language == "fr"
    lines: list[str] = []
    for paths, title, title_french in (
        (found.conflicts, "conflicts still marked", "conflits encore marqués"),
        (found.edited, "edited by you", "modifiés par vous"),
        (found.deleted, "deleted by you", "supprimés par vous"),
        (found.outdated, "would be written differently today", "seraient écrits autrement aujourd'hui"),
    ):
        if paths:
            lines.append(f"{title_french} :" if french else f"{title}:")
            lines += [f"  {path}{_of_the_catalog(path, found, french)}" for path in paths]
    if found.decided_anew:
        lines.append(
            "fates.yaml a changé depuis la génération" if french else "fates.yaml has changed since it was generated"
        )
    then = "ensuite :" if french else "next:"
    if found.conflicts:
        step = (
            "gardez ce qui doit rester, ôtez les marques" if french else "keep what should stand, take the markers out"
        )
        lines.append(f"{then} {step}")
    elif found.outdated:
        lines.append(f"{then} fates update {folder} --diff")
    elif not lines:
        lines.append("à jour, rien n'a été modifié" if french else "up to date, nothing was edited")
    else:
        lines.append("à jour" if french else "up to date")
    return "\n".join(lines)


def _of_the_catalog(path: str, found: Status, french: bool) -> str:
    if path not in found.outdated or path not in found.components:
        return ""
    return " (le composant a changé dans le catalogue)" if french else " (the component has changed in the catalog)"
