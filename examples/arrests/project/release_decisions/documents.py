"""Documents as Markdown: what all of them tell, and how the outline of a draft is written down.

A component gives an outline, a list of parts. Each is a dict with one key: ``heading`` and ``subheading``; ``text``;
``list``, ``steps`` and ``boxes``, which hold lines; ``facts``, values by name; ``table``, cells by column; ``open``,
what is missing by the role that can fill it in; ``answers``, ids of questions; ``measures``, ids of features that may
be part of the project; ``part``, the name of a part made of the evidence, see PARTS. A pair of texts is the same in
English and in French.

Text from outside must not become markup: components get the evidence and the facts of the project from `quoted`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from release_decisions import settings
from release_decisions.words import PHASES, ROLES, day, number, say

Facts = Mapping[str, Any]


def write(name: str, outline: Sequence[Facts], evidence: Facts, project: Facts) -> Path:
    """Write a draft: its title, why it is asked for, the outline, and what every document ends with.

    Parameters
    ----------
    name : str
        Id of the component; also the name of the file.
    outline : sequence of dict
        As described above.
    evidence, project : mapping
        As the run recorded them.

    Returns
    -------
    Path
        ``documents/<name>.md``.
    """
    ending = closing(evidence, project)
    found, facts = quoted(evidence), quoted(project)
    about = next(part for part in facts["selected"] if part["id"] == name)
    blocks = [f"# {about['title']}{say(': ', ' : ')}{facts['title']}", _head(about, found)]
    for part in outline:
        [(kind, value)] = part.items()
        if kind == "part":
            blocks += PARTS[value](found, facts)
        elif kind in CHOSEN:
            blocks += CHOSEN[kind](facts, value)
        else:
            blocks.append(WRITERS[kind](_spoken(value)))
    settings.DOCUMENTS.mkdir(parents=True, exist_ok=True)
    path = settings.DOCUMENTS / f"{name}.md"
    path.write_text("\n\n".join([*blocks, ending]) + "\n", encoding="utf-8")
    return path


def closing(evidence: Facts, project: Facts) -> str:
    """The end of every document: rules set aside, law to come, questions still to settle.

    Parameters
    ----------
    evidence, project : mapping
        As the run recorded them.

    Returns
    -------
    str
        Markdown that begins with a heading.
    """
    today, facts = evidence["run"]["finished"][:10], quoted(project)
    waivers = [_waiver(waiver, today) for waiver in facts["waivers"]]
    return "\n\n".join(
        [
            f"## {say('Waivers, law to come, open questions', 'Dérogations, droit à venir, questions ouvertes')}",
            f"### {say('Rules set aside', 'Règles écartées')}",
            _list(waivers) or say("No rule was set aside.", "Aucune règle n'a été écartée."),
            f"### {say('Law to come', 'Droit à venir')}",
            _list(_coming(facts, today))
            or say("No law begins to apply later here.", "Aucun texte ne s'applique plus tard ici."),
            f"### {say('Questions still to settle', 'Questions restant à régler')}",
            _list([_question(question) for question in facts["to_settle"]])
            or say("Every question was answered.", "Toutes les questions ont une réponse."),
        ]
    )


def quoted(value):
    """The same with every text in it, keys included, on one line and without a meaning in Markdown.

    Identifiers, days and figures stay as they are, so that components can ask for them.
    """
    if isinstance(value, str):
        flat = " ".join(value.split())
        marks = re.sub(r"[\\`*<>\[\]#|~]|(?<![^\W_])_|_(?![^\W_])", r"\\\g<0>", flat)
        return re.sub(r"\A(?:[-+=]|\d+[.)](?=\s|\Z))", lambda start: f"{start[0][:-1]}\\{start[0][-1]}", marks)
    if isinstance(value, Mapping):
        return {quoted(key): quoted(inner) for key, inner in value.items()}
    return [quoted(inner) for inner in value] if isinstance(value, list | tuple) else value


def _waiver(waiver: Facts, today: str) -> str:
    told = say(
        "{rule} Set aside by {person} until {until}: {reason} ({constraint}; {sources})",
        "{rule} Écartée par {person} jusqu'au {until} : {reason} ({constraint} ; {sources})",
    )
    until, sources = day(waiver["until"]), _joined(waiver["sources"])
    line = told.format(**{**waiver, "until": until, "sources": sources})
    if waiver["until"] < today:
        line += say(" **The waiver had run out on the day of this run.**", " **Échue le jour de cette exécution.**")
    return line


def _coming(facts: Facts, today: str) -> list[str]:
    """What is here already and asked for later, by day; then the laws that did not count when this was planned."""
    by_day: dict[str, list[str]] = {}
    for part in [*facts["selected"], *facts["people"]]:
        if part["applies_from"] and part["applies_from"] > today:
            by_day.setdefault(part["applies_from"], []).append(part["title"])
    provided = say("from {day}, provided for already: {titles}.", "à partir du {day}, déjà prévu ici : {titles}.")
    lines = [provided.format(day=day(one), titles=_joined(by_day[one])) for one in sorted(by_day)]
    for law in facts["coming"]:
        begins = say("from {day}: {rule}", "à partir du {day} : {rule}")
        told = [begins.format(day=day(law["applies_from"]), rule=law["rule"])]
        if law["requires"]:
            told.append(say("It will require: ", "Exigera : ") + _joined(law["requires"]) + ".")
        if law["excludes"]:
            told.append(say("It will rule out: ", "Exclura : ") + _joined(law["excludes"]) + ".")
        if law["clashes"]:
            told.append(say("**It contradicts what was decided here.**", "**Contredit ce qui a été décidé ici.**"))
        lines.append(" ".join([*told, f"({_joined(law['sources'])})"]))
    return lines


def _question(question: Facts) -> str:
    told = say(
        "{question} Read for now as: {answers} (to be settled with: {who}).",
        "{question} Lu pour l'instant : {answers} (à régler avec : {who}).",
    )
    return told.format(**{**question, "answers": _joined(question["answers"])})


def _joined(texts: Sequence[str]) -> str:
    return say("; ", " ; ").join(texts)


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _head(about: Facts, found: Facts) -> str:
    lines = [
        say(
            "Draft from the configuration of the project and the evidence of the run of {day}. What stands in brackets "
            "is for people to complete; nothing else was filled in. This is no legal advice.",
            "Projet de document tiré de la configuration et des preuves de l'exécution du {day}. Ce qui est entre "
            "crochets reste à compléter par des personnes ; rien d'autre n'a été rempli. Ceci n'est pas un avis "
            "juridique.",
        ).format(day=day(found["run"]["finished"][:10])),
        _facts(
            {
                say("What it is", "Objet"): about["summary"],
                say("Why it is here", "Pourquoi il est là"): about["because"],
                say("Source", "Source"): _joined(about["sources"]),
                say("The law asks for it from", "Exigé par le droit à partir du"): day(about["applies_from"] or ""),
                say("To be completed by", "À compléter par"): ROLES[about["responsible"]],
            }
        ),
    ]
    return "\n\n".join(lines)


def _spoken(value: Any) -> Any:
    """The same in the language of this project: one text for every pair."""
    if isinstance(value, tuple):
        return say(*value)
    if isinstance(value, Mapping):
        return {_spoken(key): _spoken(inner) for key, inner in value.items()}
    return [_spoken(inner) for inner in value] if isinstance(value, list) else value


def _open(blanks: Mapping[str, str]) -> str:
    told = say("**[to be completed by {role}: {what}]**", "**[à compléter par {role} : {what}]**")
    return "\n\n".join(told.format(role=ROLES[role], what=what) for role, what in blanks.items())


def _facts(values: Mapping[str, object]) -> str:
    colon = say(":", " :")
    return _list([f"**{name}**{colon} {number(value)}" for name, value in values.items() if value not in ("", None)])


def _table(columns: Mapping[str, Sequence[object]]) -> str:
    cells = [[number(cell) for cell in row] for row in zip(*columns.values(), strict=True)]
    rows = [list(columns), ["---"] * len(columns), *cells]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _steps(lines: Sequence[str]) -> str:
    return "\n".join(f"{at}. {line}" for at, line in enumerate(lines, start=1))


def _performance(evidence: Facts, project: Facts) -> list[str]:
    """Figures on the test rows, and those without mitigation where there is one."""
    names = {
        "accuracy": say("Accuracy", "Exactitude"),
        "balanced_accuracy": say("Balanced accuracy", "Exactitude équilibrée"),
        "f1_macro": say("Macro F1", "F1 macro"),
        "log_loss": say("Log loss", "Perte logistique"),
        "roc_auc": say("Area under the ROC curve", "Aire sous la courbe ROC"),
        "mean_absolute_error": say("Mean absolute error", "Erreur absolue moyenne"),
        "root_mean_squared_error": say("Root mean squared error", "Racine de l'erreur quadratique moyenne"),
        "r2": "R²",
    }
    after, before = evidence["performance"]["after"], evidence["performance"].get("before")
    measured = {**names, **{name: name.replace("_", " ") for name in after if name not in names and name != "rows"}}
    shown = [name for name in measured if isinstance(after.get(name, ""), int | float | None)]
    table: dict[str, list[object]] = {say("Measure", "Mesure"): [measured[name] for name in shown]}
    if before:
        table[say("Before mitigation", "Avant atténuation")] = [before.get(name) for name in shown]
    table[say("Model of this project", "Modèle du projet")] = [after[name] for name in shown]
    lead = say("Measured on {rows} test rows.", "Mesuré sur {rows} lignes de test.").format(rows=number(after["rows"]))
    return [lead, _table(table)]


def _groups(evidence: Facts, project: Facts) -> list[str]:
    """Differences between groups with their intervals, and the rows that each group has."""
    measured = evidence["group_metrics"]["after"]["measured"]
    if not measured.get("attributes"):
        return [say("No differences between groups were measured.", "Aucun écart entre groupes n'a été mesuré.")]
    names = {
        "demographic_parity_difference": say("Demographic parity difference", "Écart de parité démographique"),
        "demographic_parity_ratio": say("Demographic parity ratio", "Rapport de parité démographique"),
        "equal_opportunity_difference": say("Equal opportunity difference", "Écart d'égalité des chances"),
        "equalized_odds_difference": say("Equalized odds difference", "Écart d'égalité des cotes"),
        "predictive_parity_difference": say("Predictive parity difference", "Écart de parité prédictive"),
        "false_omission_parity_difference": say("False omission parity difference", "Écart de parité des omissions"),
        "absolute_error_ratio": say("Ratio of mean absolute errors", "Rapport des erreurs absolues moyennes"),
        "signed_error_difference": say("Difference of mean signed errors", "Écart des erreurs signées moyennes"),
        "mean_prediction_difference": say("Difference of mean predictions", "Écart des prédictions moyennes"),
    }
    by_group = {
        "selection_rate": say("Selection rate", "Taux de sélection"),
        "mean_absolute_error": say("Mean absolute error", "Erreur absolue moyenne"),
        "mean_prediction": say("Mean prediction", "Prédiction moyenne"),
    }
    blocks = []
    for attribute, figures in measured["attributes"].items():
        crossed = say("intersection of the attributes", "croisement des attributs")
        blocks.append(f"**{crossed if attribute == 'intersection' else attribute}**")
        shown = [name for name in names if name in figures]
        blocks.append(
            _table(
                {
                    say("Measure", "Mesure"): [names[name] for name in shown],
                    say("Value, interval", "Valeur, intervalle"): [_interval(figures[name]) for name in shown],
                }
            )
        )
        groups = figures["groups"]
        blocks.append(
            _table(
                {
                    say("Group", "Groupe"): list(groups),
                    say("Test rows", "Lignes de test"): [rates["count"] for rates in groups.values()],
                    **{
                        title: [_interval(rates[name]) for rates in groups.values()]
                        for name, title in by_group.items()
                        if all(name in rates for rates in groups.values())
                    },
                }
            )
        )
    return blocks


def _interval(figure: Facts | None) -> str:
    if not figure or figure["value"] is None or figure.get("low") is None:
        return number(figure["value"] if figure else None)
    return f"{number(figure['value'])} ({number(figure['low'])}–{number(figure['high'])})"


def _checks(evidence: Facts, project: Facts) -> list[str]:
    """Everything that holds or not, with what was measured and the threshold."""
    titles = {part["id"]: part["title"] for part in project["selected"]}
    checks = {name: found for name, found in evidence.items() if "holds" in found}
    if not checks:
        return [say("No requirement was judged in this run.", "Aucune exigence n'a été jugée lors de cette exécution.")]
    verdicts = {
        True: say("holds", "respecté"),
        False: say("**does not hold**", "**non respecté**"),
        None: say("cannot tell", "indéterminé"),
    }
    return [
        _table(
            {
                say("Requirement", "Exigence"): [titles.get(name, name) for name in checks],
                say("Result", "Résultat"): [verdicts[found["holds"]] for found in checks.values()],
                say("Measured", "Mesuré"): [
                    _figures(found.get("measured", {}), found.get("threshold", {})) for found in checks.values()
                ],
                say("Threshold", "Seuil"): [_figures(found.get("threshold", {})) for found in checks.values()],
                say("Evidence", "Preuve"): [f"evidence/{name}.json" for name in checks],
            }
        )
    ]


def _figures(values: Facts, limited: Collection[str] = ()) -> str:
    """What the threshold speaks of, wherever it was measured, then other single numbers; the rest is in the evidence."""
    found = list(_numbers(values))
    found.sort(key=lambda one: one[0][-1] not in limited)
    shown = [(path, value) for path, value in found if path[-1] in limited or len(path) == 1]
    lines = []
    for path, value in shown[:6]:
        of = [name for name in path[:-1] if name != "attributes"]
        lines.append(f"{path[-1]}{f' ({_joined(of)})' if of else ''} = {number(value)}")
    return _joined(lines) or "–"


def _numbers(values: Facts, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], float | None]]:
    """Every number with the names that lead to it; of a figure with its interval, the figure."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            if "value" in value:
                yield (*path, name), value["value"]
            else:
                yield from _numbers(value, (*path, name))
        elif isinstance(value, int | float):
            yield (*path, name), value


def _data(evidence: Facts, project: Facts) -> list[str]:
    data = project["data"]
    return [
        _facts(
            {
                say("File", "Fichier"): data["file"],
                "SHA-256": data["sha256"],
                say("Rows", "Lignes"): data["rows"],
                say("Rows for training", "Lignes d'apprentissage"): data["train"],
                say("Rows for testing", "Lignes de test"): data["test"],
                say("Columns", "Colonnes"): data["columns"],
                say("Columns with missing values", "Colonnes avec des valeurs manquantes"): len(data["missing"]),
                say("Column to be predicted", "Colonne à prédire"): project["target"],
                say("Favourable value", "Valeur favorable"): project["favourable"],
                say("Protected attributes", "Attributs protégés"): ", ".join(project["protected"])
                or say("none", "aucun"),
            }
        )
    ]


def _components(evidence: Facts, project: Facts) -> list[str]:
    parts = project["selected"]
    return [
        _table(
            {
                say("Part", "Élément"): [part["title"] for part in parts],
                say("Why it is there", "Pourquoi il est là"): [part["because"] for part in parts],
                say("Source", "Source"): [_joined(part["sources"]) for part in parts],
            }
        )
    ]


def _acts(evidence: Facts, project: Facts) -> list[str]:
    """What only people can do."""
    people = project["people"]
    if not people:
        return [say("Nothing is left to people alone.", "Rien n'est laissé aux seules personnes.")]
    return [
        _table(
            {
                say("Act", "Acte"): [act["title"] for act in people],
                say("Who", "Qui"): [ROLES[act["responsible"]] for act in people],
                say("When", "Quand"): [PHASES[act["phase"]] for act in people],
                say("Why", "Pourquoi"): [act["because"] for act in people],
                say("Source", "Source"): [_joined(act["sources"]) for act in people],
            }
        )
    ]


def _answers(project: Facts, questions: Sequence[str]) -> list[str]:
    """What was answered to some questions."""
    given = [answer for answer in project["answers"] if answer["id"] in questions]
    if not given:
        return [say("Nothing about this was answered.", "Rien n'a été répondu à ce sujet.")]
    return [
        _table(
            {
                say("Question", "Question"): [answer["question"] for answer in given],
                say("Answer", "Réponse"): [_joined(answer["answers"]) for answer in given],
                say("Who says so", "Origine"): [answer["origin"] for answer in given],
            }
        )
    ]


def _measures(project: Facts, ids: Sequence[str]) -> list[str]:
    """Which of these are part of the project: what each does, and where that is asked for."""
    found = [part for part in (*project["selected"], *project["people"]) if part["id"] in ids]
    if not found:
        return [say("Nothing of this kind is part of the project.", "Rien de tel ne fait partie du projet.")]
    return [
        _table(
            {
                say("Measure", "Mesure"): [part["title"] for part in found],
                say("What it does", "Ce qu'elle fait"): [part["summary"] for part in found],
                say("Who sees to it", "Qui en répond"): [ROLES[part["responsible"]] for part in found],
                say("Source", "Source"): [_joined(part["sources"]) for part in found],
            }
        )
    ]


def _reproduction(evidence: Facts, project: Facts) -> list[str]:
    run = evidence["run"]
    return [
        _facts(
            {
                say("Run finished", "Exécution terminée"): run["finished"],
                say("Seed", "Graine"): run["seed"],
                "Python": run["python"],
                say("Code, SHA-256", "Code, SHA-256"): run["code"]["sha256"],
                say("Model, SHA-256", "Modèle, SHA-256"): run["model"]["sha256"],
                say("Packages", "Paquets"): ", ".join(f"{name} {version}" for name, version in run["versions"].items()),
            }
        )
    ]


#: What an outline may place by name.
PARTS: Mapping[str, Callable[[Facts, Facts], list[str]]] = {
    "acts": _acts,
    "answers": lambda evidence, project: _answers(project, [answer["id"] for answer in project["answers"]]),
    "checks": _checks,
    "components": _components,
    "data": _data,
    "groups": _groups,
    "performance": _performance,
    "reproduction": _reproduction,
}

#: What an outline chooses by ids.
CHOSEN: Mapping[str, Callable[[Facts, Sequence[str]], list[str]]] = {"answers": _answers, "measures": _measures}

#: How the other parts of an outline are written.
WRITERS: Mapping[str, Callable[[Any], str]] = {
    "heading": "## {}".format,
    "subheading": "### {}".format,
    "text": str,
    "list": _list,
    "steps": _steps,
    "boxes": lambda lines: "\n".join(f"- [ ] {line}" for line in lines),
    "facts": _facts,
    "table": _table,
    "open": _open,
}
