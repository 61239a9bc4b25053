from __future__ import annotations

import json

import pandas as pd
import pytest


def _project(**changed):
    return {
        "title": 'Loans of "2025"',
        "language": "en",
        "purpose": "Who gets a loan.",
        "target": "granted",
        "protected": ["sex"],
        "selected": [
            {"id": "leak_free_split", "phase": "data", "evidence": "metric", "summary": "Keeps test rows apart."},
            {"id": "data_card", "phase": "data", "evidence": "file", "summary": "A document."},
            {"id": "ridge", "phase": "training", "evidence": "metric", "summary": "A linear model."},
        ],
        "answers": [
            {"id": "data_origin", "answers": ["Open data"]},
            {"id": "bias_sources", "answers": ["Labels may be biased"]},
        ],
        "data": {
            "file": "loans 2025.csv",
            "sha256": "d" * 64,
            "rows": 4,
            "train": 3,
            "test": 1,
            "columns": 5,
            "missing": {"income": 1},
            "dropped": {"id": "names a person"},
        },
        **changed,
    }


EVIDENCE = {
    "group_metrics": {
        "after": {
            "measured": {
                "attributes": {
                    "sex": {"groups": {"f": {"count": 2, "cannot_tell": "few"}, "m": {"count": 40}}},
                }
            }
        }
    }
}


@pytest.fixture
def table():
    return pd.DataFrame(
        {
            "age": [20.0, 30, 40, 50],
            "income": [1.5, None, 2, 3],
            "sex": ["f", "m", "m", None],
            'a/"b" é': ["x"] * 4,
            "granted": ["yes", "no", "no", "no"],
        }
    )


def _card(component, table, folder, project=None, **given):
    path = component.write(EVIDENCE, project or _project(), table, folder, **given)
    assert path.name == "croissant.json"
    return json.loads(path.read_text(encoding="utf-8"))


def _expanded(value, context):
    """Names of properties and types as JSON-LD reads them: a term, a prefix, or the vocabulary."""

    def name(text):
        term = context.get(text)
        text = term["@id"] if isinstance(term, dict) else term or text
        prefix, colon, rest = text.partition(":")
        if colon and isinstance(context.get(prefix), str) and not rest.startswith("//"):
            return context[prefix] + rest
        return text if colon else context["@vocab"] + text

    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "@context":
                continue
            if not key.startswith("@"):
                yield name(key)
            if key in ("@type", "dataType"):
                yield from (name(one) for one in (inner if isinstance(inner, list) else [inner]))
            yield from _expanded(inner, context)
    elif isinstance(value, list):
        for inner in value:
            yield from _expanded(inner, context)


CROISSANT, RAI, SCHEMA = "http://mlcommons.org/croissant/", "http://mlcommons.org/croissant/RAI/", "https://schema.org/"


PUBLISHED = {
    "http://purl.org/dc/terms/": "conformsTo",
    CROISSANT: "FileObject RecordSet Field Label recordSet field dataType source fileObject extract column",
    SCHEMA: "Dataset Organization name description license creator distribution contentUrl encodingFormat sha256 "
    "Text Float Integer",
    RAI: "dataCollection dataCollectionMissingData dataPreprocessingProtocol dataBiases dataLimitations dataUseCases "
    "personalSensitiveInformation dataReleaseMaintenancePlan",
}


def test_every_name_is_one_of_the_published_vocabularies(component, table, tmp_path):
    card = _card(component, table, tmp_path)

    published = {vocabulary + name for vocabulary, names in PUBLISHED.items() for name in names.split()}
    assert set(_expanded(card, card["@context"])) == published
    assert card["conformsTo"] == [CROISSANT + "1.0", RAI + "1.0"]


def test_every_column_is_a_field_of_the_file_with_its_type(component, table, tmp_path):
    card = _card(component, table, tmp_path)

    [file] = card["distribution"]
    [rows] = card["recordSet"]
    assert (file["name"], file["contentUrl"], file["sha256"]) == ("loans 2025.csv", "loans%202025.csv", "d" * 64)
    assert [field["source"]["extract"]["column"] for field in rows["field"]] == list(table.columns)
    assert {field["source"]["fileObject"]["@id"] for field in rows["field"]} == {file["@id"]}
    assert [field["dataType"] for field in rows["field"]] == [
        "sc:Integer",
        "sc:Float",
        "sc:Text",
        "sc:Text",
        ["sc:Text", "cr:Label"],
    ]
    ids = [field["@id"] for field in rows["field"]]
    assert len(set(ids)) == len(ids)
    assert ids[3] == "rows/a%2F%22b%22%20%C3%A9"


def test_the_responsible_part_says_what_was_answered_and_measured(component, table, tmp_path):
    card = _card(component, table, tmp_path)

    assert card["rai:dataCollection"] == "Open data"
    assert card["rai:dataBiases"] == [
        "Labels may be biased",
        "sex: f has 2 test rows, too few to tell anything about it.",
    ]
    assert card["rai:dataLimitations"] == [
        "income: 1 of 4 rows have no value.",
        "Column id is left out: names a person",
    ]
    assert card["rai:personalSensitiveInformation"] == ["Protected attributes: sex."]
    assert card["rai:dataPreprocessingProtocol"] == ["Keeps test rows apart."]


def test_nothing_is_invented(component, table, tmp_path):
    card = _card(component, table, tmp_path, _project(answers=[], purpose="", protected=[]))

    assert card["license"].startswith("To be completed: licence")
    assert card["creator"]["name"].startswith("To be completed: who")
    assert card["rai:dataCollection"].startswith("To be completed: how")
    assert not {"url", "rai:dataUseCases", "rai:dataSocialImpact", "rai:personalSensitiveInformation"} & set(card)


def test_what_the_project_knows_is_written(component, table, tmp_path):
    card = _card(
        component, table, tmp_path, licence="CC-BY-4.0", creator="City of Lyon", url="https://example.org/loans"
    )

    assert (card["license"], card["creator"]["name"]) == ("CC-BY-4.0", "City of Lyon")
    assert card["url"] == "https://example.org/loans"


def test_the_card_is_written_in_french(component, table, tmp_path):
    card = _card(component, table, tmp_path, _project(language="fr"))

    assert card["@context"]["@language"] == "fr"
    assert card["license"].startswith("À compléter")
    assert card["rai:dataCollectionMissingData"] == "income : 1 lignes sur 4 sont sans valeur."


def test_the_published_reader_takes_it(component, table, tmp_path):
    """Where it is installed; it is no part of this project."""
    croissant = pytest.importorskip("mlcroissant")
    path = component.write(EVIDENCE, _project(), table, tmp_path, licence="CC-BY-4.0", creator="City of Lyon")

    assert croissant.Dataset(jsonld=str(path)).metadata.name == 'Loans of "2025"'
