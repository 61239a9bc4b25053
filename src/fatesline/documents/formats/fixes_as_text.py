"""What ``fates fix`` did, as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fatesline.documents.reports import ReportWords
from fatesline.documents.wording import Language

if TYPE_CHECKING:
    from fatesline.catalog import Catalog
    from fatesline.catalog.entry import Text
    from fatesline.checking.fixes.fix import Fix
    from fatesline.checking.mending import Mended
    from fatesline.model.places import Place


def fixed(done: Mended, catalog: Catalog, language: Language, *, written: bool) -> str:
    """The fixes that were made, those that wait for ``--unsafe``, and what is left.

    Parameters
    ----------
    done : Mended
    catalog : Catalog
        For titles.
    language : {'en', 'fr'}
    written : bool
        False: they would be made.
    """
    french = language == "fr"
    says = ReportWords(catalog, language)
    verb = ("corrigé" if french else "mended") if written else ("serait corrigé" if french else "would mend")
    marked = " (à relire)" if french else " (to be looked at)"
    lines = [_line(fix, verb, language) + ("" if fix.is_safe else marked) for fix in done.fixes]
    waiting = "attend --unsafe" if french else "waits for --unsafe"
    lines += [_line(fix, waiting, language) for fix in done.left]
    asking = "demande --protected COLONNE" if french else "asks for --protected COLUMN"
    for finding, what in done.asking:
        place = finding.places[0] if finding.places else None
        lines.append(_told(asking, finding.id, finding.feature, place, what, language))
    if not lines:
        lines.append("rien à corriger sans vous" if french else "nothing that can be mended without you")
    files = len(done.changes)
    made = len(done.fixes)
    if french:
        counts = f"{made} correction{'s' * (made > 1)} dans {files} fichier{'s' * (files > 1)}"
    else:
        counts = f"{made} fix{'es' * (made != 1)} in {files} file{'s' * (files != 1)}"
    rest = says.verdict(done.after)
    left = f"reste : {rest}" if french else f"left: {rest}"
    return "\n".join([*lines, f"{counts} ; {left}" if french else f"{counts}; {left}"])


def _line(fix: Fix, verb: str, language: Language) -> str:
    return _told(verb, fix.rule, fix.feature, fix.place, fix.what, language)


def _told(verb: str, rule: str, feature: str, place: Place | None, what: Text, language: Language) -> str:
    subject = " ".join(str(part) for part in (verb, rule, feature, place) if part)
    return f"{subject}{' :' if language == 'fr' else ':'} {what.in_language(language)}"
