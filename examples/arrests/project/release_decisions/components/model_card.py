"""Model card in the format of Hugging Face, filled from the evidence of the run.

Sections follow Mitchell et al. (2019), Model cards for model reporting, doi 10.1145/3287560.3287596, in the order of
Hugging Face's template. What the run did not measure is left open, with the role that can fill it in.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from skops.card import Card

TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "about": (
            "{what} Every figure below was measured by the training run that wrote this card and can be read in "
            "`evidence/`; nothing else was filled in."
        ),
        "about two": "Decides whether `{target}` is `{favourable}`.",
        "about several": "Gives `{target}` one of the classes {outcomes}.",
        "about number": "Predicts `{target}`, a number.",
        "open": "**To be completed by {role}:** {what}",
        "product owner": "the product owner",
        "data scientist": "the data scientist",
        "legal": "the legal department",
        "details": "Model details",
        "details lead": "Training finished {finished}, with seed {seed}.",
        "part": "Part",
        "why": "Why it is there",
        "source": "Source",
        "authors": "who developed the model, whom to contact.",
        "licence": "licence of the model.",
        "uses": "Uses",
        "intended": "Intended use",
        "purpose": "what the model is for, who uses it, who is affected.",
        "out of scope": "Out-of-scope use",
        "excluded": "uses and groups of people for which the model must not be used.",
        "risks": "Bias, risks and limitations",
        "limits": "Limits",
        "cannot tell": "cannot tell",
        "small groups": "{attribute}: too few test rows to tell about {groups}.",
        "does not hold": "{name}: does not hold. {because}",
        "unclear": "{name}: cannot tell. {because}",
        "test only": "All figures are from {rows} test rows of the same table; other populations were not measured.",
        "more limits": "limits known from outside the data, such as how labels came about.",
        "tradeoffs": "Trade-offs",
        "one state": "No mitigation is applied, so there is one state and no trade-off to report.",
        "tradeoff lead": "Before: the same pipeline without mitigation. After: the model of this card.",
        "people": "To be done by people",
        "people lead": "Required for this project and done by nobody's code:",
        "nobody": "Nothing was required.",
        "training": "Training details",
        "training data": "Training data",
        "colon": ":",
        "and": "; ",
        "file": "File",
        "rows": "Rows",
        "rows split": "{rows}, of which {train} for training and {test} for testing",
        "columns": "Columns",
        "hash": "SHA-256",
        "missing": "Missing values",
        "none": "none",
        "protected": "Protected attributes",
        "evaluation": "Evaluation",
        "overall": "Overall",
        "measure": "Measure",
        "before": "Before mitigation",
        "after": "After mitigation",
        "value": "Value",
        "accuracy": "Accuracy",
        "balanced_accuracy": "Balanced accuracy",
        "roc_auc": "Area under the ROC curve",
        "f1_macro": "Macro F1",
        "log_loss": "Log loss",
        "mean_absolute_error": "Mean absolute error",
        "root_mean_squared_error": "Root mean squared error",
        "r2": "R²",
        "mean_signed_error": "Mean signed error",
        "mean_prediction": "Mean prediction",
        "absolute_error_difference": "Difference of mean absolute errors",
        "absolute_error_ratio": "Ratio of mean absolute errors",
        "signed_error_difference": "Difference of mean signed errors",
        "mean_prediction_difference": "Difference of mean predictions",
        "test rows": "Test rows",
        "by group": "Metrics by group",
        "by group lead": "Value, and its {confidence}% interval in parentheses.",
        "not measured": "Not measured in this run.",
        "group": "Group",
        "selection_rate": "Selection rate",
        "true_positive_rate": "True positive rate",
        "false_positive_rate": "False positive rate",
        "precision": "Precision",
        "false_omission_rate": "False omission rate",
        "difference": "Difference between groups",
        "demographic_parity_difference": "Demographic parity difference",
        "demographic_parity_ratio": "Demographic parity ratio",
        "equal_opportunity_difference": "Equal opportunity difference",
        "equalized_odds_difference": "Equalized odds difference",
        "predictive_parity_difference": "Predictive parity difference",
        "false_omission_parity_difference": "False omission parity difference",
        "intersection": "intersection of the attributes",
        "checks": "Other checks",
        "check": "Check",
        "result": "Result",
        "finding": "Finding",
        "yes": "holds",
        "no": "does not hold",
        "reproduce": "How to reproduce",
        "reproduce lead": "With Python {python} and the data file whose hash is given above:",
        "hashes": "Code {code}, model {model} (SHA-256).",
    },
    "fr": {
        "about": (
            "{what} Chaque chiffre ci-dessous a été mesuré par l'entraînement qui a écrit cette fiche et se lit dans "
            "`evidence/` ; rien d'autre n'a été rempli."
        ),
        "about two": "Décide si `{target}` vaut `{favourable}`.",
        "about several": "Donne à `{target}` l'une des classes {outcomes}.",
        "about number": "Prédit `{target}`, un nombre.",
        "open": "**À compléter par {role} :** {what}",
        "product owner": "le ou la responsable produit",
        "data scientist": "le ou la data scientist",
        "legal": "le service juridique",
        "details": "Description du modèle",
        "details lead": "Entraînement terminé le {finished}, avec la graine {seed}.",
        "part": "Élément",
        "why": "Pourquoi il est là",
        "source": "Source",
        "authors": "qui a développé le modèle, qui contacter.",
        "licence": "licence du modèle.",
        "uses": "Utilisations",
        "intended": "Utilisation prévue",
        "purpose": "à quoi sert le modèle, qui l'utilise, qui est concerné.",
        "out of scope": "Utilisations exclues",
        "excluded": "usages et groupes de personnes pour lesquels le modèle ne doit pas servir.",
        "risks": "Biais, risques et limites",
        "limits": "Limites",
        "cannot tell": "indéterminé",
        "small groups": "{attribute} : trop peu de lignes de test pour se prononcer sur {groups}.",
        "does not hold": "{name} : non respecté. {because}",
        "unclear": "{name} : indéterminé. {because}",
        "test only": (
            "Tous les chiffres portent sur {rows} lignes de test du même tableau ; "
            "aucune autre population n'a été mesurée."
        ),
        "more limits": "limites connues hors des données, comme la façon dont les étiquettes ont été établies.",
        "tradeoffs": "Compromis",
        "one state": "Aucune atténuation n'est appliquée : il n'y a qu'un état et aucun compromis à rapporter.",
        "tradeoff lead": "Avant : la même chaîne sans atténuation. Après : le modèle de cette fiche.",
        "people": "À faire par des personnes",
        "people lead": "Exigé pour ce projet, et qu'aucun code ne fait :",
        "nobody": "Rien n'était exigé.",
        "training": "Entraînement",
        "training data": "Données d'entraînement",
        "colon": " :",
        "and": " ; ",
        "file": "Fichier",
        "rows": "Lignes",
        "rows split": "{rows}, dont {train} pour l'entraînement et {test} pour le test",
        "columns": "Colonnes",
        "hash": "SHA-256",
        "missing": "Valeurs manquantes",
        "none": "aucune",
        "protected": "Attributs protégés",
        "evaluation": "Évaluation",
        "overall": "Ensemble",
        "measure": "Mesure",
        "before": "Avant atténuation",
        "after": "Après atténuation",
        "value": "Valeur",
        "accuracy": "Exactitude",
        "balanced_accuracy": "Exactitude équilibrée",
        "roc_auc": "Aire sous la courbe ROC",
        "f1_macro": "F1 macro",
        "log_loss": "Perte logistique",
        "mean_absolute_error": "Erreur absolue moyenne",
        "root_mean_squared_error": "Racine de l'erreur quadratique moyenne",
        "r2": "R²",
        "mean_signed_error": "Erreur signée moyenne",
        "mean_prediction": "Prédiction moyenne",
        "absolute_error_difference": "Écart des erreurs absolues moyennes",
        "absolute_error_ratio": "Rapport des erreurs absolues moyennes",
        "signed_error_difference": "Écart des erreurs signées moyennes",
        "mean_prediction_difference": "Écart des prédictions moyennes",
        "test rows": "Lignes de test",
        "by group": "Mesures par groupe",
        "by group lead": "Valeur et, entre parenthèses, son intervalle à {confidence} %.",
        "not measured": "Non mesuré lors de cette exécution.",
        "group": "Groupe",
        "selection_rate": "Taux de sélection",
        "true_positive_rate": "Taux de vrais positifs",
        "false_positive_rate": "Taux de faux positifs",
        "precision": "Précision",
        "false_omission_rate": "Taux d'omission",
        "difference": "Écart entre groupes",
        "demographic_parity_difference": "Écart de parité démographique",
        "demographic_parity_ratio": "Rapport de parité démographique",
        "equal_opportunity_difference": "Écart d'égalité des chances",
        "equalized_odds_difference": "Écart d'égalité des cotes",
        "predictive_parity_difference": "Écart de parité prédictive",
        "false_omission_parity_difference": "Écart de parité des omissions",
        "intersection": "croisement des attributs",
        "checks": "Autres vérifications",
        "check": "Vérification",
        "result": "Résultat",
        "finding": "Constat",
        "yes": "respecté",
        "no": "non respecté",
        "reproduce": "Reproduire",
        "reproduce lead": "Avec Python {python} et le fichier de données dont l'empreinte figure plus haut :",
        "hashes": "Code {code}, modèle {model} (SHA-256).",
    },
}

PERFORMANCE = (
    *("accuracy", "balanced_accuracy", "f1_macro", "log_loss", "roc_auc"),
    *("mean_absolute_error", "root_mean_squared_error", "r2"),
)
FIGURES = (
    *("selection_rate", "true_positive_rate", "false_positive_rate", "precision", "false_omission_rate", "accuracy"),
    *("mean_absolute_error", "mean_signed_error", "mean_prediction"),
)
DIFFERENCES = (
    "demographic_parity_difference",
    "demographic_parity_ratio",
    "equal_opportunity_difference",
    "equalized_odds_difference",
    "predictive_parity_difference",
    "false_omission_parity_difference",
    "absolute_error_difference",
    "absolute_error_ratio",
    "signed_error_difference",
    "mean_prediction_difference",
)


def write(evidence: Mapping[str, Any], project: Mapping[str, Any], closing: str, folder: Path) -> Path:
    """Write the card.

    Parameters
    ----------
    evidence : mapping
        By the id of what it is evidence for, as written to ``evidence/``.
    project : mapping
        What was chosen and why, and facts about the data; ``language`` is ``en`` or ``fr``.
    closing : str
        Markdown that every document of the project ends with: waivers, coming law, open questions.
    folder : Path
        Made if it is not there.

    Returns
    -------
    Path
        ``folder/model_card.md``.
    """
    say = TEXTS["fr" if project["language"] == "fr" else "en"]
    number = _french if project["language"] == "fr" else _english
    run = evidence.get("run", {})
    data = project["data"]
    card = Card(None, template=None, model_diagram=False)
    top = _key(project["title"])

    def add(*sections: str, text: str) -> None:
        card.add(**{"/".join((top, *sections)): text})

    def add_table(*sections: str, table: Mapping[str, Sequence[str]], lead: str = "") -> None:
        add(*sections, text="\n\n".join(filter(None, [lead, _table(table)])))

    def ask(role: str, what: str) -> str:
        return say["open"].format(role=say[role], what=say[what])

    add(text=say["about"].format(what=_predicted(project, say)))

    parts = project["selected"]
    lead = say["details lead"].format(finished=run.get("finished", "?"), seed=project["seed"]) if run else ""
    lead = "\n\n".join(filter(None, [lead, ask("product owner", "authors"), ask("legal", "licence")]))
    add_table(
        say["details"],
        lead=lead,
        table={
            say["part"]: [_cell(part["title"]) for part in parts],
            say["why"]: [_cell(part["because"]) for part in parts],
            say["source"]: [_cell(say["and"].join(part["sources"])) for part in parts],
        },
    )

    add(say["uses"], text="")
    add(say["uses"], say["intended"], text=_line(project["purpose"]) or ask("product owner", "purpose"))
    add(say["uses"], say["out of scope"], text=ask("product owner", "excluded"))

    add(say["risks"], text="")
    limits = "\n".join(f"- {limit}" for limit in _limits(evidence, project, say, number))
    add(say["risks"], say["limits"], text=f"{limits}\n\n{ask('data scientist', 'more limits')}")
    compared = _compared(evidence, say, number)
    if compared:
        add_table(say["risks"], say["tradeoffs"], lead=say["tradeoff lead"], table=compared)
    else:
        add(say["risks"], say["tradeoffs"], text=say["one state"])
    acts = "\n".join(f"- [ ] {_line(act['title'])}" for act in project["people"])
    add(say["risks"], say["people"], text=f"{say['people lead']}\n\n{acts}" if acts else say["nobody"])

    add(say["training"], text="")
    add(say["training"], say["training data"], text=_data_list(data, project["protected"], say, number))

    add(say["evaluation"], text="")
    performance = evidence["performance"]["after"]
    measured = [name for name in PERFORMANCE if name in performance]
    add_table(
        say["evaluation"],
        say["overall"],
        table={
            say["measure"]: [say[name] for name in measured] + [say["test rows"]],
            say["value"]: [number(performance[name]) or say["cannot tell"] for name in measured]
            + [number(performance["rows"])],
        },
    )
    groups = _groups(evidence).get("after")
    if groups:
        confidence = round(100 * groups["measured"]["confidence"])
        add(say["evaluation"], say["by group"], text=say["by group lead"].format(confidence=confidence))
        for attribute, figures in groups["measured"]["attributes"].items():
            place = (say["evaluation"], say["by group"], _key(_attribute(attribute, say)))
            add_table(*place, table=_group_table(figures, say, number))
            add_table(*place, _key(say["difference"]), table=_difference_table(figures, say, number))
    else:
        add(say["evaluation"], say["by group"], text=say["not measured"])
    checks = _checks(evidence)
    if checks:
        titles = {part["id"]: part["title"] for part in parts}
        result = {True: say["yes"], False: say["no"], None: say["cannot tell"]}
        add_table(
            say["evaluation"],
            say["checks"],
            table={
                say["check"]: [_cell(titles.get(name, name)) for name in checks],
                say["result"]: [result[found["holds"]] for found in checks.values()],
                say["finding"]: [_finding(found, project, number).replace("|", "\\|") for found in checks.values()],
            },
        )

    file = shlex.quote(_code(data.get("file", "data.csv")))
    commands = f"pip install --requirement requirements.lock\npython -m {project['name']}.train {file}"
    text = f"{say['reproduce lead'].format(python=run.get('python', '3'))}\n\n```sh\n{commands}\n```"
    if run:
        text += "\n\n" + say["hashes"].format(code=f"`{run['code']['sha256']}`", model=f"`{run['model']['sha256']}`")
    add(say["reproduce"], text=text)

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model_card.md"
    path.write_text(f"{_front_matter(project)}{card.render().rstrip()}\n\n{closing}\n", encoding="utf-8")
    return path


def _predicted(project: Mapping[str, Any], say: Mapping[str, str]) -> str:
    """What the model predicts, one sentence."""
    target, outcomes = _code(project["target"]), project["outcomes"]
    if not outcomes:
        return say["about number"].format(target=target)
    if len(outcomes) == 2:
        return say["about two"].format(target=target, favourable=_code(project["favourable"]))
    listed = ", ".join(f"`{_code(outcome)}`" for outcome in outcomes)
    return say["about several"].format(target=target, outcomes=listed)


def _groups(evidence: Mapping[str, Any]) -> Mapping[str, Any]:
    """Figures by group, of classes or of numbers; empty where none were measured."""
    found: Mapping[str, Any] = evidence.get("group_metrics") or evidence.get("group_error") or {}
    return found


def _front_matter(project: Mapping[str, Any]) -> str:
    """Metadata that the Hugging Face hub reads."""
    task = "tabular-classification" if project["outcomes"] else "tabular-regression"
    return f"---\nlibrary_name: sklearn\npipeline_tag: {task}\ntags:\n- sklearn\n- fairness\n---\n"


def _limits(
    evidence: Mapping[str, Any],
    project: Mapping[str, Any],
    say: Mapping[str, str],
    number: Callable[[float | None], str],
) -> list[str]:
    limits = [say["test only"].format(rows=number(evidence["performance"]["after"]["rows"]))]
    attributes = evidence.get("group_metrics", {}).get("after", {}).get("measured", {}).get("attributes", {})
    for attribute, figures in attributes.items():
        untold = [_line(name) for name, rates in figures["groups"].items() if rates.get("cannot_tell")]
        if untold:
            limits.append(say["small groups"].format(attribute=_attribute(attribute, say), groups=", ".join(untold)))
    titles = {part["id"]: part["title"] for part in project["selected"]}
    for name, found in _checks(evidence).items():
        if found["holds"] is not True:
            sentence = say["does not hold" if found["holds"] is False else "unclear"]
            because = _finding(found, project, number)
            limits.append(sentence.format(name=_line(titles.get(name, name)), because=because).rstrip())
    return limits


def _checks(evidence: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Evidence that says whether something holds."""
    return {name: found for name, found in evidence.items() if "holds" in found}


def _finding(found: Mapping[str, Any], project: Mapping[str, Any], number: Callable[[float | None], str]) -> str:
    """The sentence of the evidence, which is English; for French readers the figures it speaks of."""
    if project["language"] != "fr":
        return _line(found["because"])
    limits = found.get("threshold", {})
    told = [
        f"{_line(name)} = {number(value)}" for name, value in found.get("measured", {}).items() if _is_number(value)
    ]
    for attribute, figures in found.get("measured", {}).get("attributes", {}).items():
        of = f"{_line(_attribute(attribute, TEXTS['fr']))}"
        told += [
            f"{name} ({of}) = {number(figures[name]['value']) or TEXTS['fr']['cannot tell']}"
            for name in limits
            if figures.get(name)
        ]
    told += [f"seuil {_line(name)} = {number(value)}" for name, value in limits.items() if _is_number(value)]
    return " ; ".join(told)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _compared(
    evidence: Mapping[str, Any], say: Mapping[str, str], number: Callable[[float | None], str]
) -> dict[str, list[str]]:
    """Performance and differences between groups before and after mitigation; empty when there is one state."""
    before, after = evidence["performance"].get("before"), evidence["performance"]["after"]
    if not before:
        return {}
    rows = [
        (say[name], number(before[name]) or say["cannot tell"], number(after[name]) or say["cannot tell"])
        for name in PERFORMANCE
        if name in after
    ]
    groups = _groups(evidence)
    if groups.get("before") and groups.get("after"):
        earlier = groups["before"]["measured"]["attributes"]
        for attribute, figures in groups["after"]["measured"]["attributes"].items():
            for name in [name for name in DIFFERENCES if name in figures]:
                was = earlier.get(attribute, {}).get(name)
                label = f"{say[name]}, {_cell(_attribute(attribute, say))}"
                rows.append((label, _interval(was, say, number), _interval(figures[name], say, number)))
    measures, first, second = zip(*rows, strict=True)
    return {say["measure"]: list(measures), say["before"]: list(first), say["after"]: list(second)}


def _data_list(
    data: Mapping[str, Any], protected: Sequence[str], say: Mapping[str, str], number: Callable[[float | None], str]
) -> str:
    rows = number(data["rows"])
    if "train" in data:
        rows = say["rows split"].format(rows=rows, train=number(data["train"]), test=number(data["test"]))
    missing = ", ".join(f"`{_code(column)}` {number(count)}" for column, count in data["missing"].items() if count)
    facts = {
        say["file"]: f"`{_code(data['file'])}`" if "file" in data else "",
        say["rows"]: rows,
        say["columns"]: number(data["columns"]),
        say["hash"]: f"`{data['sha256']}`",
        say["missing"]: missing or say["none"],
        say["protected"]: ", ".join(_line(name) for name in protected) or say["none"],
    }
    return "\n".join(f"- {name}{say['colon']} {fact}" for name, fact in facts.items() if fact)


def _group_table(
    figures: Mapping[str, Any], say: Mapping[str, str], number: Callable[[float | None], str]
) -> dict[str, list[str]]:
    groups = figures["groups"]
    table = {
        say["group"]: [_cell(name) for name in groups],
        say["test rows"]: [number(rates["count"]) for rates in groups.values()],
    }
    shown = [name for name in FIGURES if all(name in found for found in groups.values())]
    return table | {say[name]: [_interval(found[name], say, number) for found in groups.values()] for name in shown}


def _difference_table(
    figures: Mapping[str, Any], say: Mapping[str, str], number: Callable[[float | None], str]
) -> dict[str, list[str]]:
    shown = [name for name in DIFFERENCES if name in figures]
    return {
        say["measure"]: [say[name] for name in shown],
        say["value"]: [_interval(figures[name], say, number) for name in shown],
    }


def _table(columns: Mapping[str, Sequence[str]]) -> str:
    rows = [list(columns), ["---"] * len(columns), *zip(*columns.values(), strict=True)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _interval(
    figure: Mapping[str, float | None] | None, say: Mapping[str, str], number: Callable[[float | None], str]
) -> str:
    if not figure or figure["value"] is None:
        return say["cannot tell"]
    return f"{number(figure['value'])} ({number(figure['low'])}–{number(figure['high'])})"


def _attribute(name: str, say: Mapping[str, str]) -> str:
    return say["intersection"] if name == "intersection" else name


def _english(value: float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.3f}" if value == 0 or abs(value) >= 0.001 else f"{value:.1e}"


def _french(value: float | None) -> str:
    """Narrow no-break space between thousands, decimal comma."""
    return _english(value).replace(",", "\u202f").replace(".", ",")


def _line(text: str) -> str:
    """Text from outside as one line of Markdown that starts no tag and no new block."""
    return " ".join(str(text).split()).replace("<", "&lt;").replace("[", "\\[")


def _cell(text: str) -> str:
    return _line(text).replace("|", "\\|")


def _code(text: str) -> str:
    """Text between backticks."""
    return " ".join(str(text).split()).replace("`", "'").replace("|", "\\|")


def _key(text: str) -> str:
    """Text as a title of a section: the card reads "/" as the way into a subsection."""
    return _line(text).replace("/", "\\/")
