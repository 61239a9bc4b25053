"""Record of the trade-off: what was measured before and after mitigation, what fell and what rose.

A document of figures. Whether the exchange is acceptable is for a person to say, who signs at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Trade-off record: {title}",
        "about": (
            "Before: the same pipeline without mitigation. After: the model that was saved. Both were measured on the "
            "same {rows} test rows, which neither was trained on. Intervals are in parentheses."
        ),
        "one state": (
            "No mitigation is applied, so one state was measured, on {rows} test rows. Intervals are in parentheses."
        ),
        "performance": "Performance",
        "measure": "Measure",
        "before": "Before",
        "after": "After",
        "change": "Change",
        "overlap": "Intervals overlap",
        "yes": "yes",
        "no": "no",
        "cannot tell": "cannot tell",
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
        "differences": "Differences between groups",
        "demographic_parity_difference": "Demographic parity difference",
        "demographic_parity_ratio": "Demographic parity ratio",
        "equal_opportunity_difference": "Equal opportunity difference",
        "equalized_odds_difference": "Equalized odds difference",
        "predictive_parity_difference": "Predictive parity difference",
        "false_omission_parity_difference": "False omission parity difference",
        "groups": "Rates of each group",
        "group": "Group",
        "selection_rate": "Selection rate",
        "true_positive_rate": "True positive rate",
        "intersection": "intersection of the attributes",
        "not measured": "Not measured in this run.",
        "given up": "What was given up",
        "gained": "What was gained",
        "moved": "{what}: {change}, from {before} to {after}.",
        "moved overlap": "{what}: {change}, from {before} to {after}; the intervals overlap.",
        "for group": "{rate} of {group} ({attribute})",
        "nothing fell": "No figure above got worse.",
        "nothing rose": "No figure above got better.",
        "acceptance": "Acceptance",
        "open": "**To be completed by the product owner:** {what}",
        "signature": "whether this exchange is accepted, for what reason, name and date.",
        "alternatives": "which alternatives were compared, and why they were not taken.",
    },
    "fr": {
        "title": "Compromis consigné : {title}",
        "about": (
            "Avant : la même chaîne sans atténuation. Après : le modèle enregistré. Les deux ont été mesurés sur les "
            "mêmes {rows} lignes de test, qui n'ont servi à l'entraînement d'aucun. Intervalles entre parenthèses."
        ),
        "one state": (
            "Aucune atténuation n'est appliquée : un seul état a été mesuré, sur {rows} lignes de test. "
            "Intervalles entre parenthèses."
        ),
        "performance": "Performance",
        "measure": "Mesure",
        "before": "Avant",
        "after": "Après",
        "change": "Variation",
        "overlap": "Intervalles qui se recouvrent",
        "yes": "oui",
        "no": "non",
        "cannot tell": "indéterminé",
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
        "differences": "Écarts entre groupes",
        "demographic_parity_difference": "Écart de parité démographique",
        "demographic_parity_ratio": "Rapport de parité démographique",
        "equal_opportunity_difference": "Écart d'égalité des chances",
        "equalized_odds_difference": "Écart d'égalité des cotes",
        "predictive_parity_difference": "Écart de parité prédictive",
        "false_omission_parity_difference": "Écart de parité des omissions",
        "groups": "Taux de chaque groupe",
        "group": "Groupe",
        "selection_rate": "Taux de sélection",
        "true_positive_rate": "Taux de vrais positifs",
        "intersection": "croisement des attributs",
        "not measured": "Non mesuré lors de cette exécution.",
        "given up": "Ce qui a été cédé",
        "gained": "Ce qui a été gagné",
        "moved": "{what} : {change}, de {before} à {after}.",
        "moved overlap": "{what} : {change}, de {before} à {after} ; les intervalles se recouvrent.",
        "for group": "{rate}, groupe {group} ({attribute})",
        "nothing fell": "Aucun chiffre ci-dessus ne s'est dégradé.",
        "nothing rose": "Aucun chiffre ci-dessus ne s'est amélioré.",
        "acceptance": "Acceptation",
        "open": "**À compléter par le ou la responsable produit :** {what}",
        "signature": "si cet échange est accepté, pour quelle raison, nom et date.",
        "alternatives": "quelles autres solutions ont été comparées, et pourquoi elles n'ont pas été retenues.",
    },
}

PERFORMANCE = (
    *("accuracy", "balanced_accuracy", "f1_macro", "log_loss", "roc_auc"),
    *("mean_absolute_error", "root_mean_squared_error", "r2"),
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
#: What a group has more of when it is better off, and the errors that it has less of.
RATES = ("selection_rate", "true_positive_rate", "mean_absolute_error")
#: Figures that are better when larger; losses, errors and differences are better when smaller.
BETTER_WHEN_LARGER = {
    *("accuracy", "balanced_accuracy", "f1_macro", "roc_auc", "r2"),
    *("selection_rate", "true_positive_rate", "demographic_parity_ratio", "absolute_error_ratio"),
}

#: Smaller changes are not listed as given up or gained: they vanish in three digits.
SMALLEST_CHANGE = 0.0005

Figure = Mapping[str, float | None]
#: What was measured, its label, and the figure before and after.
Pair = tuple[str, str, Figure | None, Figure | None]


def write(evidence: Mapping[str, Any], project: Mapping[str, Any], closing: str, folder: Path) -> Path:
    """Write the record.

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
        ``folder/tradeoff_record.md``.
    """
    say = TEXTS["fr" if project["language"] == "fr" else "en"]
    number = _french if project["language"] == "fr" else _english
    compared = bool(evidence["performance"].get("before"))
    rows = f"{evidence['performance']['after']['rows']:,}"
    if project["language"] == "fr":
        rows = rows.replace(",", "\u202f")
    differences, rates = list(_difference_pairs(evidence, say)), list(_rate_pairs(evidence, say))
    blocks = [
        f"# {say['title'].format(title=_line(project['title']))}",
        say["about" if compared else "one state"].format(rows=rows),
        f"## {say['performance']}",
        _compared(list(_performance_pairs(evidence, say)), say["measure"], compared, say, number),
        f"## {say['differences']}",
        _compared(differences, say["measure"], compared, say, number) if differences else say["not measured"],
        f"## {say['groups']}",
        _compared(rates, say["group"], compared, say, number) if rates else say["not measured"],
    ]
    if compared:
        pairs = [*_performance_pairs(evidence, say), *differences, *rates]
        worse = [_moved(pair, say, number) for pair in pairs if _change(pair) and not _is_better(pair)]
        better = [_moved(pair, say, number) for pair in pairs if _change(pair) and _is_better(pair)]
        blocks += [
            f"## {say['given up']}",
            _list(worse) or say["nothing fell"],
            f"## {say['gained']}",
            _list(better) or say["nothing rose"],
        ]
    blocks += [f"## {say['acceptance']}", say["open"].format(what=say["alternatives"])]
    blocks += [say["open"].format(what=say["signature"]), closing]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "tradeoff_record.md"
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return path


def _performance_pairs(evidence: Mapping[str, Any], say: Mapping[str, str]) -> Iterator[Pair]:
    before, after = evidence["performance"].get("before"), evidence["performance"]["after"]
    for name in [name for name in PERFORMANCE if name in after]:
        yield name, say[name], _with_ends(before, name) if before else None, _with_ends(after, name)


def _with_ends(performance: Mapping[str, Any], name: str) -> Figure:
    low, high = performance.get("intervals", {}).get(name, (None, None))
    return {"value": performance[name], "low": low, "high": high}


def _difference_pairs(evidence: Mapping[str, Any], say: Mapping[str, str]) -> Iterator[Pair]:
    for attribute, earlier, later in _attributes(evidence):
        for name in [name for name in DIFFERENCES if name in later]:
            yield name, f"{say[name]}, {_attribute(attribute, say)}", earlier.get(name), later[name]


def _rate_pairs(evidence: Mapping[str, Any], say: Mapping[str, str]) -> Iterator[Pair]:
    for attribute, earlier, later in _attributes(evidence):
        for group, rates in later["groups"].items():
            before = earlier.get("groups", {}).get(group, {})
            for rate in [rate for rate in RATES if rate in rates]:
                label = say["for group"].format(
                    rate=say[rate], group=_line(group), attribute=_attribute(attribute, say)
                )
                yield rate, label, before.get(rate), rates[rate]


def _attributes(evidence: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Each protected attribute with its figures before (empty if there are none) and after."""
    groups = evidence.get("group_metrics") or evidence.get("group_error") or {}
    if groups.get("after"):
        earlier = groups["before"]["measured"]["attributes"] if groups.get("before") else {}
        for attribute, later in groups["after"]["measured"]["attributes"].items():
            yield attribute, earlier.get(attribute, {}), later


def _attribute(name: str, say: Mapping[str, str]) -> str:
    return say["intersection"] if name == "intersection" else _line(name)


def _compared(
    pairs: Sequence[Pair], heading: str, compared: bool, say: Mapping[str, str], number: Callable[[float], str]
) -> str:
    table = {heading: [_cell(label) for _, label, _, _ in pairs]}
    if compared:
        table[say["before"]] = [_interval(before, say, number) for _, _, before, _ in pairs]
    table[say["after"]] = [_interval(after, say, number) for _, _, _, after in pairs]
    if compared:
        table[say["change"]] = [_signed(pair, say, number) for pair in pairs]
        overlaps = {True: say["yes"], False: say["no"], None: ""}
        if any(_overlap(pair) is not None for pair in pairs):
            table[say["overlap"]] = [overlaps[_overlap(pair)] for pair in pairs]
    return _table(table)


def _difference(pair: Pair) -> float | None:
    _, _, before, after = pair
    if not before or not after or before["value"] is None or after["value"] is None:
        return None
    return after["value"] - before["value"]


def _change(pair: Pair) -> float:
    """After minus before; 0 if it cannot be told or vanishes in the digits shown."""
    difference = _difference(pair)
    return difference if difference and abs(difference) >= SMALLEST_CHANGE else 0.0


def _is_better(pair: Pair) -> bool:
    return (_change(pair) > 0) == (pair[0] in BETTER_WHEN_LARGER)


def _overlap(pair: Pair) -> bool | None:
    """Whether the intervals share a value; None where there are none."""
    _, _, before, after = pair
    if not before or not after:
        return None
    first, second = (before.get("low"), before.get("high")), (after.get("low"), after.get("high"))
    if first[0] is None or first[1] is None or second[0] is None or second[1] is None:
        return None
    return first[0] <= second[1] and second[0] <= first[1]


def _moved(pair: Pair, say: Mapping[str, str], number: Callable[[float], str]) -> str:
    _, label, before, after = pair
    figures = {"before": _value(before, say, number), "after": _value(after, say, number)}
    sentence = say["moved overlap" if _overlap(pair) else "moved"]
    return sentence.format(what=label, change=_signed(pair, say, number), **figures)


def _signed(pair: Pair, say: Mapping[str, str], number: Callable[[float], str]) -> str:
    difference = _difference(pair)
    if difference is None:
        return say["cannot tell"]
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return f"{sign}{number(abs(difference))}"


def _value(figure: Figure | None, say: Mapping[str, str], number: Callable[[float], str]) -> str:
    value = figure["value"] if figure else None
    return say["cannot tell"] if value is None else number(value)


def _interval(figure: Figure | None, say: Mapping[str, str], number: Callable[[float], str]) -> str:
    low, high = (figure.get("low"), figure.get("high")) if figure else (None, None)
    if low is None or high is None:
        return _value(figure, say, number)
    return f"{_value(figure, say, number)} ({number(low)}–{number(high)})"


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(columns: Mapping[str, Sequence[str]]) -> str:
    rows = [list(columns), ["---"] * len(columns), *zip(*columns.values(), strict=True)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _english(value: float) -> str:
    return f"{value:.3f}"


def _french(value: float) -> str:
    return _english(value).replace(".", ",")


def _line(text: str) -> str:
    """Text from outside as one line of Markdown that starts no tag and no new block."""
    return " ".join(str(text).split()).replace("<", "&lt;").replace("[", "\\[")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
