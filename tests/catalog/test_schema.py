from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from fatesline.catalog import load
from fatesline.catalog.entry import Entry
from fatesline.catalog.positions import read_yaml
from fatesline.catalog.schema import FILES, TABLES, field_table, json_schema, schema_files, with_tables
from fatesline.curation import check_catalog
from fatesline.testing import load_component
from tests.conftest import CatalogFolder

ROOT = Path(__file__).parents[2]
CATALOG = ROOT / "catalog"
README = CATALOG / "README.md"

KIND_OF = {
    "catalog.yaml": "catalog",
    "sources.yaml": "sources",
    "context/questions.yaml": "context",
    "requirements/all.yaml": "requirements",
    "constraints/all.yaml": "constraints",
    "mechanisms/fairness/reweighing/entry.yaml": "entry",
    "targets/sklearn/target.yaml": "target",
}


@pytest.mark.parametrize("path", KIND_OF)
def test_the_schemas_take_what_the_reader_takes(small: CatalogFolder, path: str) -> None:
    schema = json_schema(KIND_OF[path])

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(yaml.safe_load(small.text(path)), schema, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("mechanisms/fairness/reweighing/entry.yaml", "kind: mechanism", "knd: mechanism"),
        ("mechanisms/fairness/reweighing/entry.yaml", "id: reweighing", "id: Reweighing"),
        ("constraints/all.yaml", "id: people-are-owed-fairness", "id: people_are_owed_fairness"),
        ("sources.yaml", "checked: text}\npaper", "checked: never}\npaper"),
    ],
)
def test_the_schemas_refuse_what_the_reader_refuses(small: CatalogFolder, path: str, old: str, new: str) -> None:
    small.replace(path, old, new)

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load(small.text(path)), json_schema(KIND_OF[path]))


def test_every_kind_of_file_has_a_schema_and_others_are_refused() -> None:
    assert set(KIND_OF.values()) == set(FILES)
    with pytest.raises(ValueError, match="no kind of catalog file called 'entri'"):
        json_schema("entri")


def kind_of(path: Path) -> str:
    """Of a file of the built-in catalog."""
    top = path.relative_to(CATALOG).parts[0]
    return {"mechanisms": "entry", "targets": "target", "profiles": "fates"}.get(top, top.removesuffix(".yaml"))


def built_in_files() -> list[Path]:
    return sorted(
        path
        for path in CATALOG.rglob("*.yaml")
        if "cases" not in path.parts and "project" not in path.relative_to(CATALOG).parts
    )


@pytest.mark.parametrize("kind", sorted([*FILES, "fates"]))
def test_the_built_in_files_fit_the_schemas_that_are_checked_in(kind: str) -> None:
    files = [path for path in built_in_files() if kind_of(path) == kind]
    schema = json.loads((CATALOG / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())

    faults = {str(path): [one.message for one in validator.iter_errors(read_yaml(path).value)] for path in files}

    assert files
    assert {path: found for path, found in faults.items() if found} == {}


@pytest.mark.parametrize(("kind", "file"), [("fates", "fates.yaml"), ("answers", "answers.yaml")])
def test_the_files_of_the_worked_example_fit_their_schemas(kind: str, file: str) -> None:
    written = read_yaml(ROOT / "examples" / "arrests" / file).value
    validator = jsonschema.Draft202012Validator(json_schema(kind))

    assert [one.message for one in validator.iter_errors(written)] == []
    assert not validator.is_valid({**written, "answer": {}})


def test_every_file_of_the_built_in_catalog_is_of_a_kind_with_a_schema() -> None:
    assert {kind_of(path) for path in built_in_files()} == {*FILES, "fates"}  # profiles are projects


def test_the_schemas_checked_in_are_those_of_the_shapes() -> None:
    # To write them anew: fates catalog schema -o catalog/schemas
    written = {path.name: path.read_text(encoding="utf-8") for path in (CATALOG / "schemas").iterdir()}

    assert written == schema_files()


def test_the_tables_of_the_readme_are_those_of_the_shapes() -> None:
    text = README.read_text(encoding="utf-8")

    # To write them anew: README.write_text(with_tables(README.read_text())).
    assert with_tables(text) == text
    assert set(re.findall(r"<!-- fields of (\w+) -->", text)) == set(TABLES)


def test_a_table_has_a_row_for_every_key_with_something_told_of_each() -> None:
    for shape in TABLES.values():
        rows = field_table(shape).splitlines()[2:]
        assert [row.split("`")[1] for row in rows] == list(shape.model_fields)
        assert not [row for row in rows if row.endswith("|  |")]
    assert "| `cost` | whole number (`1`) | effort; the cheapest completion is proposed |" in field_table(Entry)


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """The catalog that the README shows."""
    blocks = re.findall(r"```(?:yaml|python) (acme/\S+)\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    for path, content in blocks:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
    return tmp_path / "acme"


def test_the_catalog_in_the_readme_lies_on_top_of_the_built_in_one_without_a_problem(acme: Path) -> None:
    catalog = load([acme], packages=False)

    problems = [str(one) for one in check_catalog(catalog) if one.place.file.startswith(acme.as_posix())]

    assert catalog.layers[-1].name == "acme"
    assert "accuracy_floor" in catalog.entries
    assert problems == []


def test_the_component_in_the_readme_does_what_its_test_says(acme: Path) -> None:
    folder = acme / "mechanisms/safety/accuracy_floor"
    component = load_component(folder / "for_sklearn.py")
    test = load_component(folder / "test_accuracy_floor.py")

    test.test_a_model_at_the_floor_is_let_through_and_one_below_is_not(component)
