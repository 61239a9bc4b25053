"""Data card: what the table holds, where it is thin, and what was done to it.

Sections follow Gebru et al. (2021), Datasheets for datasets, doi 10.1145/3458723. What a program cannot know, such as
why the data were collected, is left open, with the role that can fill it in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Data card: {title}",
        "about": "Counts below were taken by the training run from the file with this SHA-256: `{hash}`.",
        "open": "**To be completed by {role}:** {what}",
        "data engineer": "the data engineer",
        "product owner": "the product owner",
        "legal": "the legal department",
        "motivation": "Motivation",
        "why collected": "for what purpose, by whom and with whose money the data were collected.",
        "composition": "Composition",
        "fact": "Fact",
        "value": "Value",
        "file": "File",
        "rows": "Rows",
        "train": "Rows for training",
        "test": "Rows for testing",
        "columns": "Columns",
        "target": "Column to be predicted",
        "favourable": "Favourable value",
        "protected": "Protected attributes",
        "none": "none",
        "represents": "what one row stands for, which people, places and years are covered, and who is left out.",
        "missing": "Missing values",
        "missing lead": "{complete} of {columns} columns have none.",
        "column": "Column",
        "count": "Missing",
        "share": "Share",
        "groups": "Groups",
        "groups lead": "Counts of test rows ({rows}). A rate is not reported where a group is too small to tell.",
        "group": "Group",
        "enough": "Enough to tell",
        "yes": "yes",
        "no": "no",
        "intersection": "intersection of the attributes",
        "not counted": "Not counted in this run.",
        "collection": "Collection",
        "how collected": "how and when each column was obtained, with what legal basis, and whether people were told.",
        "labels": "who decided on the value of `{target}` in each row, and by what rule.",
        "preprocessing": "Preprocessing",
        "dropped lead": "Columns of the file that the model does not get:",
        "nothing dropped": "No column of the file was recorded as left out.",
        "because": "Reason",
        "steps lead": "Chosen for this project; what it does to rows and columns is in `pipeline.py` and `train.py`:",
        "part": "Part",
        "uses": "Uses",
        "used": "Used to train and measure the model described in `model_card.md`.",
        "not for": "for what these data must not be used.",
        "distribution": "Distribution and maintenance",
        "licence": "licence or contract under which the data may be used, and for how long they may be kept.",
        "upkeep": "who corrects errors, how a person's data are removed, and when the table is renewed.",
        "limits": "Known limits",
        "small": "{attribute}: {groups} have too few test rows to tell anything about them.",
        "gaps": "{columns}: more than one row in twenty has no value.",
        "no limits": "The checks of this run found none.",
        "more limits": "limits that the table itself does not show.",
    },
    "fr": {
        "title": "Fiche de données : {title}",
        "about": "Décomptes faits par l'entraînement sur le fichier dont voici le SHA-256 : `{hash}`.",
        "open": "**À compléter par {role} :** {what}",
        "data engineer": "l'ingénieur ou l'ingénieure de données",
        "product owner": "le ou la responsable produit",
        "legal": "le service juridique",
        "motivation": "Motivation",
        "why collected": "dans quel but, par qui et avec quels moyens les données ont été collectées.",
        "composition": "Composition",
        "fact": "Élément",
        "value": "Valeur",
        "file": "Fichier",
        "rows": "Lignes",
        "train": "Lignes d'entraînement",
        "test": "Lignes de test",
        "columns": "Colonnes",
        "target": "Colonne à prédire",
        "favourable": "Valeur favorable",
        "protected": "Attributs protégés",
        "none": "aucun",
        "represents": (
            "ce que représente une ligne, quelles personnes, quels lieux et quelles années sont couverts, qui manque."
        ),
        "missing": "Valeurs manquantes",
        "missing lead": "{complete} des {columns} colonnes n'en ont pas.",
        "column": "Colonne",
        "count": "Manquantes",
        "share": "Part",
        "groups": "Groupes",
        "groups lead": (
            "Décompte des lignes de test ({rows}). Aucun taux n'est donné pour un groupe trop petit pour se prononcer."
        ),
        "group": "Groupe",
        "enough": "Assez pour se prononcer",
        "yes": "oui",
        "no": "non",
        "intersection": "croisement des attributs",
        "not counted": "Non décompté lors de cette exécution.",
        "collection": "Collecte",
        "how collected": (
            "comment et quand chaque colonne a été obtenue, sur quelle base légale, "
            "et si les personnes en ont été informées."
        ),
        "labels": "qui a décidé de la valeur de `{target}` dans chaque ligne, et selon quelle règle.",
        "preprocessing": "Prétraitement",
        "dropped lead": "Colonnes du fichier que le modèle ne reçoit pas :",
        "nothing dropped": "Aucune colonne du fichier n'est consignée comme écartée.",
        "because": "Raison",
        "steps lead": (
            "Choisi pour ce projet ; ce qui touche aux lignes ou aux colonnes se lit dans `pipeline.py` et `train.py` :"
        ),
        "part": "Élément",
        "uses": "Utilisations",
        "used": "A servi à entraîner et à mesurer le modèle décrit dans `model_card.md`.",
        "not for": "à quoi ces données ne doivent pas servir.",
        "distribution": "Diffusion et entretien",
        "licence": "licence ou contrat permettant l'usage des données, et durée de conservation.",
        "upkeep": (
            "qui corrige les erreurs, comment les données d'une personne sont retirées, quand le tableau est renouvelé."
        ),
        "limits": "Limites connues",
        "small": "{attribute} : {groups} ont trop peu de lignes de test pour se prononcer.",
        "gaps": "{columns} : plus d'une ligne sur vingt est sans valeur.",
        "no limits": "Les vérifications de cette exécution n'en ont pas trouvé.",
        "more limits": "limites que le tableau lui-même ne montre pas.",
    },
}

#: Columns with a larger share of gaps are named among the limits.
GAPS_NAMED_ABOVE = 0.05


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
        ``folder/data_card.md``.
    """
    say = TEXTS["fr" if project["language"] == "fr" else "en"]
    number = _french if project["language"] == "fr" else _english
    data = project["data"]

    def ask(role: str, what: str) -> str:
        return say["open"].format(role=say[role], what=say[what].format(target=_code(project["target"])))

    blocks = [
        f"# {say['title'].format(title=_line(project['title']))}",
        say["about"].format(hash=data["sha256"]),
        f"## {say['motivation']}",
        _line(project["purpose"]),
        ask("product owner", "why collected"),
        f"## {say['composition']}",
        _facts(data, project, say, number),
        ask("data engineer", "represents"),
        f"### {say['missing']}",
        *_missing(data, say, number),
        f"### {say['groups']}",
        *_groups(evidence, say, number),
        f"## {say['collection']}",
        ask("data engineer", "how collected"),
        ask("data engineer", "labels"),
        f"## {say['preprocessing']}",
        *_preprocessing(data, project, say),
        f"## {say['uses']}",
        say["used"],
        ask("product owner", "not for"),
        f"## {say['distribution']}",
        ask("legal", "licence"),
        ask("data engineer", "upkeep"),
        f"## {say['limits']}",
        "\n".join(f"- {limit}" for limit in _limits(evidence, project, say)) or say["no limits"],
        ask("data engineer", "more limits"),
        closing,
    ]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "data_card.md"
    path.write_text("\n\n".join(block for block in blocks if block) + "\n", encoding="utf-8")
    return path


def _facts(
    data: Mapping[str, Any], project: Mapping[str, Any], say: Mapping[str, str], number: Callable[[float], str]
) -> str:
    facts = {
        say["file"]: f"`{_code(data['file'])}`" if "file" in data else "",
        say["rows"]: number(data["rows"]),
        say["train"]: number(data["train"]) if "train" in data else "",
        say["test"]: number(data["test"]) if "test" in data else "",
        say["columns"]: number(data["columns"]),
        say["target"]: f"`{_code(project['target'])}`",
        say["favourable"]: f"`{_code(project['favourable'])}`" if project["favourable"] else "",
        say["protected"]: ", ".join(_cell(name) for name in project["protected"]) or say["none"],
    }
    known = {name: fact for name, fact in facts.items() if fact}
    return _table({say["fact"]: list(known), say["value"]: list(known.values())})


def _missing(data: Mapping[str, Any], say: Mapping[str, str], number: Callable[[float], str]) -> list[str]:
    gaps = _gaps(data)
    blocks = [say["missing lead"].format(complete=number(data["columns"] - len(gaps)), columns=number(data["columns"]))]
    if gaps:
        table = {
            say["column"]: [f"`{_code(column)}`" for column in gaps],
            say["count"]: [number(count) for count in gaps.values()],
            say["share"]: [_share(count / data["rows"], number) for count in gaps.values()],
        }
        blocks.append(_table(table))
    return blocks


def _share(share: float, number: Callable[[float], str]) -> str:
    return f"{number(100 * share)}\u00a0%" if share >= 0.001 else f"&lt;\u00a0{number(0.1)}\u00a0%"


def _gaps(data: Mapping[str, Any]) -> dict[str, int]:
    """Columns with missing values, the worst first."""
    gaps = {column: count for column, count in data["missing"].items() if count}
    return dict(sorted(gaps.items(), key=lambda gap: (-gap[1], gap[0])))


def _groups(evidence: Mapping[str, Any], say: Mapping[str, str], number: Callable[[float], str]) -> list[str]:
    attributes = _attributes(evidence)
    if not attributes:
        return [say["not counted"]]
    blocks = [say["groups lead"].format(rows=number(evidence["performance"]["after"]["rows"]))]
    for attribute, figures in attributes.items():
        groups = figures["groups"]
        table = {
            say["group"]: [_cell(name) for name in groups],
            say["rows"]: [number(rates["count"]) for rates in groups.values()],
            say["enough"]: [say["no" if rates.get("cannot_tell") else "yes"] for rates in groups.values()],
        }
        blocks += [f"#### {_attribute(attribute, say)}", _table(table)]
    return blocks


def _attributes(evidence: Mapping[str, Any]) -> dict[str, Any]:
    measured = evidence.get("group_metrics", {}).get("after") or {"measured": {"attributes": {}}}
    return dict(measured["measured"]["attributes"])


def _attribute(name: str, say: Mapping[str, str]) -> str:
    return say["intersection"] if name == "intersection" else _line(name)


def _preprocessing(data: Mapping[str, Any], project: Mapping[str, Any], say: Mapping[str, str]) -> list[str]:
    dropped = data.get("dropped", {})
    blocks = [say["nothing dropped"]]
    if dropped:
        table = {
            say["column"]: [f"`{_code(column)}`" for column in dropped],
            say["because"]: [_cell(reason) for reason in dropped.values()],
        }
        blocks = [say["dropped lead"], _table(table)]
    parts = {
        say["part"]: [_cell(part["title"]) for part in project["selected"]],
        say["because"]: [_cell(part["because"]) for part in project["selected"]],
    }
    return [*blocks, say["steps lead"], _table(parts)]


def _limits(evidence: Mapping[str, Any], project: Mapping[str, Any], say: Mapping[str, str]) -> list[str]:
    data = project["data"]
    limits = []
    thin = [f"`{_code(name)}`" for name, count in _gaps(data).items() if count > GAPS_NAMED_ABOVE * data["rows"]]
    if thin:
        limits.append(say["gaps"].format(columns=", ".join(thin)))
    for attribute, figures in _attributes(evidence).items():
        small = [_line(name) for name, rates in figures["groups"].items() if rates.get("cannot_tell")]
        if small:
            limits.append(say["small"].format(attribute=_attribute(attribute, say), groups=", ".join(small)))
    return limits


def _table(columns: Mapping[str, Sequence[str]]) -> str:
    rows = [list(columns), ["---"] * len(columns), *zip(*columns.values(), strict=True)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _english(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.1f}"


def _french(value: float) -> str:
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
