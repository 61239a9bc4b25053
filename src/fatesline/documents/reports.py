"""What a check found, in sentences: one message for each finding, in English and French."""

from __future__ import annotations

from dataclasses import dataclass

from fatesline.catalog import Catalog
from fatesline.checking import Evidence, Finding, Report, Suppressed
from fatesline.checking.detectors import RULES, Rule
from fatesline.checking.fixes.fix import Fix
from fatesline.documents.wording import Language, Words

_RULES = {rule.id: rule for rule in RULES}

#: Parameters that sentences are made of, but that do not stand in them as they are.
_NOT_TOLD = frozenset({"required", "seen", "decided", "kind", "lacks_en", "lacks_fr"})

_SEEN = {
    "en": {
        "imported": "it is imported, or called only in code that nothing reaches",
        "mentioned": "only tests call it",
    },
    "fr": {
        "imported": "il est importé, ou appelé seulement dans du code que rien n'atteint",
        "mentioned": "seuls des tests l'appellent",
    },
}


@dataclass(frozen=True, slots=True)
class ReportWords:
    """Speaks about the findings of one report.

    Parameters
    ----------
    catalog : Catalog
    language : {'en', 'fr'}
    """

    catalog: Catalog
    language: Language = "en"

    @property
    def words(self) -> Words:
        """For titles and arguments."""
        return Words(self.catalog, self.language)

    def rule(self, finding: Finding) -> Rule:
        """What the finding is an instance of."""
        return _RULES[finding.id]

    def message(self, finding: Finding) -> str:
        """One sentence without its full stop."""
        title = self.rule(finding).title.in_language(self.language)
        subject = self.words.title(finding.feature) if finding.feature else ""
        colon = " : " if self.language == "fr" else ": "
        lacks = finding.parameters.get(f"lacks_{self.language}", "")
        seen = lacks or _SEEN[self.language].get(finding.parameters.get("seen", ""), "")
        told = [value for key, value in finding.parameters.items() if key not in _NOT_TOLD]
        # The bound name of something imported says nothing more where its full name stands beside it.
        named = [value for value in told if not any(value != other and value in other for other in told)]
        details = "; ".join(part for part in (subject, seen, *named) if part)
        return f"{title}{colon}{details}" if details else title

    def lacking(self, evidence: Evidence) -> str:
        """What a weak result lacks, a few words."""
        if evidence.lacks is not None:
            return evidence.lacks.in_language(self.language)
        return _SEEN[self.language][evidence.strength]

    def argument(self, finding: Finding) -> list[str]:
        """Why it matters here, a line each; the rule's reason where nothing more is known."""
        if finding.argument is not None:
            lines = self.words.argument(finding.argument, indent="")
            if lines:
                return lines
        if finding.feature:
            return ["fait partie de tout projet." if self.language == "fr" else "part of every project."]
        return [self.rule(finding).why.in_language(self.language)]

    def ways_out(self, finding: Finding) -> list[str]:
        """What would settle it, the proposed way first."""
        lines = [
            ("ajouter " if self.language == "fr" else "add ") + f"{self.words.title(name)} ({name})"
            for name in finding.ways_out
        ]
        for repair in finding.repairs:
            lines.append("; ".join(self.words.giving_up(decision) for decision in repair.give_up))
        return lines

    def fixable(self, fix: Fix) -> str:
        """What can be done about a finding, and the option that it takes."""
        colon = " :" if self.language == "fr" else ":"
        return f"{self.fixable_with(fix)}{colon} {fix.what.in_language(self.language)}"

    def fixable_with(self, fix: Fix) -> str:
        """The command that makes a fix."""
        said = "corrigeable" if self.language == "fr" else "fixable"
        return f"{said} (fates fix{'' if fix.is_safe else ' --unsafe'})"

    def suppressed(self, one: Suppressed) -> str:
        """Why a finding does not count."""
        french = self.language == "fr"
        if one.by == "baseline":
            return "déjà connu" if french else "known"
        return f"ignoré ({one.reason})" if french else f"ignored ({one.reason})"

    def verdict(self, report: Report) -> str:
        """One line on the whole."""
        french = self.language == "fr"
        if not report.findings:
            if not report.shown:
                # Without a configuration nothing is required, so nothing can be missing.
                return "rien à signaler" if french else "nothing to report"
            return "rien ne manque" if french else "nothing missing"
        counts = []
        names = {"error": "erreur", "warning": "avertissement", "note": "remarque"}
        for severity, in_french in names.items():
            number = sum(finding.severity == severity for finding in report.findings)
            if number:
                counts.append(f"{number} {in_french if french else severity}{'s' * (number > 1)}")
        return ", ".join(counts)
