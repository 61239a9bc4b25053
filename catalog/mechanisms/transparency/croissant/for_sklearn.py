"""The data card as machines read it: Croissant 1.0 of MLCommons, with its responsible-AI part (RAI 1.0), in JSON-LD.

Counts and types are those of the table of this run; what it was answered and measured about biases, limits and people
stands in the RAI part. What nobody has said is marked as to be completed, in the language of the project.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd
from pandas.api.types import is_numeric_dtype

#: As the specification gives it; the terms that are not used here stay, so that others can add to the card.
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}

CORE, RESPONSIBLE = "http://mlcommons.org/croissant/1.0", "http://mlcommons.org/croissant/RAI/1.0"

TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "open": "To be completed: {what}",
        "licence": "licence or contract under which the data may be used",
        "creator": "who collected the data",
        "collection": "how the data were collected",
        "upkeep": "who corrects the data, and when they are renewed",
        "rows": "{rows} rows, of which {train} were for training and {test} for testing.",
        "complete": "No value is missing.",
        "gaps": "{column}: {count} of {rows} rows have no value.",
        "dropped": "Column {column} is left out: {reason}",
        "small": "{attribute}: {group} has {count} test rows, too few to tell anything about it.",
        "protected": "Protected attributes: {names}.",
        "target": "What is to be predicted.",
    },
    "fr": {
        "open": "À compléter : {what}",
        "licence": "licence ou contrat permettant l'usage des données",
        "creator": "qui a recueilli les données",
        "collection": "comment les données ont été recueillies",
        "upkeep": "qui corrige les données, et quand elles sont renouvelées",
        "rows": "{rows} lignes, dont {train} pour l'apprentissage et {test} pour le test.",
        "complete": "Aucune valeur ne manque.",
        "gaps": "{column} : {count} lignes sur {rows} sont sans valeur.",
        "dropped": "La colonne {column} est écartée : {reason}",
        "small": "{attribute} : {group} compte {count} lignes de test, trop peu pour se prononcer.",
        "protected": "Attributs protégés : {names}.",
        "target": "Ce qui est à prédire.",
    },
}


def write(
    evidence: Mapping[str, Any],
    project: Mapping[str, Any],
    table: pd.DataFrame,
    folder: Path,
    licence: str = "",
    creator: str = "",
    url: str = "",
) -> Path:
    """Write the card.

    Parameters
    ----------
    evidence : mapping
        By the id of what it is evidence for; rows by group are taken from ``group_metrics``.
    project : mapping
        What was chosen and answered, and facts about the data; ``language`` is ``en`` or ``fr``.
    table : DataFrame of shape (n_rows, n_columns)
        As it was read.
    folder : Path
        Made if it is not there.
    licence, creator, url : str
        Of the data; marked as to be completed where empty, the address left out.

    Returns
    -------
    Path
        ``folder/croissant.json``.
    """
    language = "fr" if project["language"] == "fr" else "en"
    say, data = TEXTS[language], project["data"]
    card: dict[str, Any] = {
        "@context": {**CONTEXT, "@language": language},
        "@type": "sc:Dataset",
        "conformsTo": [CORE, RESPONSIBLE],
        "name": project["title"],
        "description": say["rows"].format(rows=data["rows"], train=data["train"], test=data["test"]),
        "license": licence or say["open"].format(what=say["licence"]),
        "creator": {"@type": "sc:Organization", "name": creator or say["open"].format(what=say["creator"])},
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": "table",
                "name": data["file"],
                "contentUrl": quote(data["file"]),
                "encodingFormat": "text/csv",
                "sha256": data["sha256"],
            }
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": "rows",
                "name": "rows",
                "field": [_field(table[column], project["target"], say) for column in table.columns],
            }
        ],
    }
    if url:
        card["url"] = url
    told = {f"rai:{name}": found for name, found in _responsible(evidence, project, say).items() if found}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "croissant.json"
    path.write_text(json.dumps(card | told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _field(column: pd.Series, target: str, say: Mapping[str, str]) -> dict[str, Any]:
    """One column; its id has no character that an address may not have."""
    name = str(column.name)
    kind = "sc:Text"
    if is_numeric_dtype(column):
        kind = "sc:Integer" if column.notna().all() and (column % 1 == 0).all() else "sc:Float"
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"rows/{quote(name, safe='')}",
        "name": name,
        "dataType": [kind, "cr:Label"] if name == target else kind,
        "source": {"fileObject": {"@id": "table"}, "extract": {"column": name}},
    }
    if name == target:
        field["description"] = say["target"]
    return field


def _responsible(
    evidence: Mapping[str, Any], project: Mapping[str, Any], say: Mapping[str, str]
) -> dict[str, str | list[str]]:
    """Properties of the RAI part by name; empty where there is nothing to say."""
    data, answered = project["data"], {answer["id"]: answer["answers"] for answer in project["answers"]}
    rows = data["rows"]
    gaps = [
        say["gaps"].format(column=column, count=count, rows=rows) for column, count in data["missing"].items() if count
    ]
    groups = evidence.get("group_metrics", {}).get("after", {}).get("measured", {}).get("attributes", {})
    small = [
        say["small"].format(attribute=attribute, group=group, count=rates["count"])
        for attribute, figures in groups.items()
        for group, rates in figures["groups"].items()
        if rates.get("cannot_tell")
    ]
    dropped = [
        say["dropped"].format(column=column, reason=reason) for column, reason in data.get("dropped", {}).items()
    ]
    people = list(answered.get("personal_data_used", []))
    if project["protected"]:
        people.append(say["protected"].format(names=", ".join(project["protected"])))
    # What changes or checks rows; a document is kept as a file and does neither.
    steps = [part["summary"] for part in project["selected"] if part["phase"] == "data" and part["evidence"] != "file"]
    return {
        "dataCollection": "; ".join(answered.get("data_origin", [])) or say["open"].format(what=say["collection"]),
        "dataCollectionMissingData": " ".join(gaps) or say["complete"],
        "dataPreprocessingProtocol": steps,
        "dataBiases": [*answered.get("bias_sources", []), *small],
        "dataLimitations": [*gaps, *dropped],
        "dataUseCases": [project["purpose"]] if project["purpose"] else [],
        "personalSensitiveInformation": people,
        "dataSocialImpact": "; ".join(answered.get("effect_on_people", [])),
        "dataReleaseMaintenancePlan": say["open"].format(what=say["upkeep"]),
    }
