"""Plain text for people at a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from fatesline.documents.standing import standing
from fatesline.documents.wording import Language, Words
from fatesline.solution import Contradiction, Solution, Why

if TYPE_CHECKING:
    from fatesline.catalog import Catalog
    from fatesline.checking import Report
    from fatesline.curation import Problem
    from fatesline.documents.reports import ReportWords
    from fatesline.generation.write import Changes

#: Kinds of features as the solution lists them: what is built, what is written, what people do.
_PARTS = {
    "en": {
        "requirement": "What must hold",
        "mechanism": "What is built for it",
        "document": "What is written",
        "act": "What only people can do",
        "derived": "What follows from the context",
    },
    "fr": {
        "requirement": "Ce qui doit tenir",
        "mechanism": "Ce qui est construit pour cela",
        "document": "Ce qui est écrit",
        "act": "Ce que seules des personnes peuvent faire",
        "derived": "Ce qui découle du contexte",
    },
}


def solution(found: Solution, language: Language) -> str:
    """Every selected feature with the reason it is there, by kind."""
    words = Words(found.catalog, language)
    since = found.required_from()

    def shown(name: str) -> str:
        applies = "applies from" if language == "en" else "applicable à partir du"
        dated = f"; {applies} {since[name].isoformat()}" if name in since else ""
        return f"  {found.catalog.title(name, language)} ({name})\n      {words.reason(found, name)}{dated}"

    lines = []
    for kind, heading in _PARTS[language].items():
        members = [
            name for name in found.chosen if name in found.catalog.entries and found.catalog.entries[name].kind == kind
        ]
        if members:
            lines += ["", heading]
            lines += [shown(name) for name in members]
    lines += _coming(found, language)
    lines += standing(found, language).lines("to_settle", "waived")
    return "\n".join(lines).lstrip("\n")


def _coming(found: Solution, language: Language) -> list[str]:
    """The laws that do not bind yet on the day asked for, with what they will ask."""
    if not found.coming:
        return []
    english = language == "en"

    def listed(names: Sequence[str]) -> str:
        return ", ".join(f"{found.catalog.title(name, language)} ({name})" for name in names)

    lines = ["", "Coming, not in force on that day" if english else "À venir, pas encore en vigueur ce jour-là"]
    for one in found.coming:
        constraint = found.catalog.constraints[one.constraint]
        lines.append(f"  {one.applies_from.isoformat()} {one.constraint}")
        lines.append(f"      {constraint.because.in_language(language)}")
        for names, said in (
            (one.requires, "will require: " if english else "exigera : "),
            (one.excludes, "will rule out: " if english else "exclura : "),
        ):
            if names:
                lines.append(f"      {said}{listed(names)}")
        if one.clashes:
            lines.append(
                "      will contradict what was decided" if english else "      contredira ce qui a été décidé"
            )
    return lines


def contradiction(found: Contradiction, language: Language) -> str:
    """A minimal conflict with its ways out."""
    return "\n".join(Words(found.catalog, language).contradiction(found))


def why(found: Why, language: Language) -> str:
    """The argument for a feature or against it, or that it is open."""
    words = Words(found.solution.catalog, language)
    title = words.title(found.feature)
    english = language == "en"
    if found.holds is None:
        state = (
            f"{title} is not required and not ruled out; it is {'chosen' if found.chosen else 'not chosen'}:"
            if english
            else f"{title} n'est ni exigé ni exclu ; il est {'choisi' if found.chosen else 'non choisi'} :"
        )
        reason = (
            words.reason(found.solution, found.feature)
            if found.chosen
            else ("nothing asks for it" if english else "rien ne le demande")
        )
        return "\n".join([f"{state}\n  {reason}.", *_beside(found, language)])
    if found.holds:
        state = f"{title} is required:" if english else f"{title} est exigé :"
    else:
        state = f"{title} cannot be chosen:" if english else f"{title} ne peut pas être choisi :"
    assert found.argument is not None
    lines = words.argument(found.argument)
    if not lines:
        lines = ["  every project has it." if english else "  tout projet l'a."]
    return "\n".join([state, *lines, *_beside(found, language)])


def _beside(found: Why, language: Language) -> list[str]:
    """The day from which the law asks for the feature, and the rules set aside that speak of it."""
    lines = []
    day = found.solution.required_from().get(found.feature)
    if day is not None:
        said = "the law asks for it from" if language == "en" else "exigé par le droit à partir du"
        lines.append(f"  {said} {day.isoformat()}.")
    beside = standing(found.solution, language)
    rules = found.solution.catalog.constraints
    lines += [
        f"  {beside.waiver(waiver)}"
        for waiver in beside.waived
        if found.feature in rules[waiver.constraint].formula.variables()
    ]
    return lines


def written(changes: Changes, folder: Path, language: Language) -> str:
    """What generating did, and the next step."""
    french = language == "fr"
    counts = [
        f"{len(paths)} {what_french if french else what}"
        for what, what_french, paths in (
            ("new", "nouveaux", changes.new),
            ("replaced", "remplacés", changes.replaced),
            ("unchanged", "inchangés", changes.same),
            ("removed", "supprimés", changes.removed),
        )
        if paths
    ]
    step = f"cd {folder} && make setup && make train DATA=path/to/table.csv && make test"
    if french:
        return f"{folder} : {', '.join(counts)}\nensuite : {step}"
    return f"{folder}: {', '.join(counts)}\nnext: {step}"


def asked(answers: int, unknown: int, output: Path, language: Language, *, finished: bool) -> str:
    """How much was answered, how much of it with "I don't know", and the next step."""
    step = f"fates solve {output}", f"fates generate {output} -o project"
    if language == "fr":
        counted = f"{output} : {answers} réponses, dont {unknown} « je ne sais pas »"
        if finished:
            return f"{counted}\nensuite : {step[0]}, puis {step[1]}"
        return f"{counted}\nquitté avant la fin ; la même commande reprend ici"
    counted = f'{output}: {answers} answers, {unknown} of them "I don\'t know"'
    if finished:
        return f"{counted}\nnext: {step[0]}, then {step[1]}"
    return f"{counted}\nleft before the end; the same command goes on from here"


def problems(catalog: Catalog, found: Sequence[Problem]) -> str:
    """What was proved of a catalog, and what was found."""
    layers = ", ".join(f"{layer.name} {layer.version}" for layer in catalog.layers)
    counts = (
        f"{layers}: {len(catalog.questions)} questions, {len(catalog.model.features)} features, "
        f"{len(catalog.constraints)} constraints, {len(catalog.sources)} sources"
    )
    faults = sum(problem.is_fault for problem in found)
    verdict = f"{faults} fault{'s' * (faults != 1)}, {len(found) - faults} remark{'s' * (len(found) - faults != 1)}"
    return "\n".join([*(str(problem) for problem in found), counts, verdict if found else "nothing to mend"])


def report(found: Report, catalog: Catalog, language: Language) -> str:
    """What is there, what was found, and the smallest set of additions."""
    from fatesline.documents.reports import ReportWords

    says = ReportWords(catalog, language)
    french = language == "fr"
    lines = []
    shown = [evidence for evidence in found.evidence.values() if evidence.result == "present"]
    if shown:
        lines.append("présent :" if french else "present:")
        width = max(len(evidence.feature) for evidence in shown)
        lines += [f"  {evidence.feature:{width}}  {evidence.places[0]}" for evidence in shown]
    weak = [evidence for evidence in found.evidence.values() if evidence.result == "weak"]
    if weak:
        lines.append("faible :" if french else "weak:")
        width = max(len(evidence.feature) for evidence in weak)
        lines += [f"  {one.feature:{width}}  {one.places[0]}  {says.lacking(one)}" for one in weak]
    if found.not_shown:
        lines.append("non démontré :" if french else "not shown:")
        lines += wrap(", ".join(found.not_shown), 100, initial_indent="  ", subsequent_indent="  ")
    lines += _findings(found, says)
    if found.suppressed:
        lines.append("")
    for one in found.suppressed:
        place = f"{one.finding.places[0]}: " if one.finding.places else ""
        lines.append(f"{says.suppressed(one)} {one.finding.id} {place}{says.message(one.finding)}")
    if found.solution is not None:
        lines += standing(found.solution, language).lines()
    if found.additions:
        heading = "la plus petite complétion :" if french else "the smallest completion:"
        lines += ["", heading, *(f"  + {catalog.title(name, language)} ({name})" for name in found.additions)]
    read = f"{len(found.files)} fichiers lus" if french else f"{len(found.files)} files read"
    lines += ["", f"{read}, {says.verdict(found)}"]
    if found.findings:
        lines.append("en savoir plus : fates explain ID" if french else "more on any of them: fates explain ID")
    return "\n".join(lines).lstrip("\n")


def _findings(found: Report, says: ReportWords) -> list[str]:
    """Each finding with its line of code; what holds for all of a rule is said with the first."""
    french = says.language == "fr"
    lines: list[str] = []
    told: set[str] = set()
    rule_before = ""
    for finding in found.findings:
        is_first = finding.id != rule_before or bool(finding.feature) or finding.argument is not None
        place = f"{finding.places[0]}: " if finding.places else ""
        lines += [*([""] if is_first else []), f"{finding.severity} {finding.id} {place}{says.message(finding)}"]
        if finding.snippet:
            lines.append(f"    | {finding.snippet}")
        if is_first:
            lines += [f"    {line}" for line in says.argument(finding)]
        lines += [
            f"    {'issue' if french else 'way out'}{' :' if french else ':'} {way}" for way in says.ways_out(finding)
        ]
        for fix in finding.fixes:
            what = says.fixable(fix)
            lines.append(f"    {says.fixable_with(fix) if what in told else what}")
            told.add(what)
        rule_before = finding.id
    return lines
