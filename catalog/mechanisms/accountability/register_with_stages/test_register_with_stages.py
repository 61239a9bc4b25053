from __future__ import annotations

import argparse
import hashlib
import sqlite3

import pytest


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return tmp_path_factory.mktemp("registers")


@pytest.fixture(scope="module")
def folder(base):
    """One register for all tests: making it takes seconds, using it does not."""
    return base / "loans"


def _register(component, folder, content, **evidence):
    folder.mkdir(exist_ok=True)
    model = folder / "model.skops"
    model.write_bytes(content)
    run = {
        "finished": "2026-01-01T00:00:00+00:00",
        "model": {"sha256": hashlib.sha256(content).hexdigest()},
        "data": {"sha256": "d" * 64},
        "code": {"sha256": "c" * 64},
        "seed": 7,
    }
    return component.register({'gap of "sex"': 0.125, "nan": float("nan")}, [model], run, evidence, folder)


def _rows(folder, query):
    with sqlite3.connect(folder / "mlruns.db") as store:
        return store.execute(query).fetchall()


def test_a_model_stands_there_once_with_its_hash_data_figures_and_stage(component, folder):
    first = _register(component, folder, b"one", version_rule={"measured": {"version": "1.0.0"}})
    again = _register(component, folder, b"one")

    assert first == again
    assert first["holds"] is True
    version = first["measured"]["version"]
    tags = dict(_rows(folder, f"select key, value from model_version_tags where version = {version}"))
    assert tags["sha256"] == hashlib.sha256(b"one").hexdigest()
    assert (tags["data"], tags["code"], tags["seed"], tags["number"]) == ("d" * 64, "c" * 64, "7", "1.0.0")
    assert tags["stage"] == "staging"
    assert {key: value for key, value in tags.items() if key.startswith("figure")} == {"figure gap of _sex_": "0.125"}


def test_one_version_at_a_time_serves_and_the_one_before_is_archived(component, folder):
    old = _register(component, folder, b"one")["measured"]["version"]
    component.move(old, "production", "A. Martin", "good enough", folder)
    new = _register(component, folder, b"two")["measured"]["version"]

    component.move(new, "production", "A. Martin", "better", folder)

    stages = dict(_rows(folder, "select version, value from model_version_tags where key = 'stage'"))
    assert (stages[old], stages[new]) == ("archived", "production")
    assert _rows(folder, "select version from registered_model_aliases where alias = 'production'") == [(new,)]
    assert not _rows(folder, "select version from registered_model_aliases where alias = 'staging'")


def test_an_archived_version_can_serve_again(component, folder):
    old = _register(component, folder, b"one")["measured"]["version"]
    new = _register(component, folder, b"two")["measured"]["version"]
    component.move(new, "production", "A. Martin", "better", folder)

    component.move(old, "production", "A. Martin", "the new one drifts", folder)

    stages = {str(one.version): one.tags["stage"] for one in component.versions(folder)}
    assert (stages[str(old)], stages[str(new)]) == ("production", "archived")
    client = component._client(folder)
    assert int(client.get_model_version_by_alias("loans", "production").version) == old


def test_moving_to_where_it_is_leaves_it_there(component, folder):
    version = _register(component, folder, b"three")["measured"]["version"]

    component.move(version, "staging", "A. Martin", "still on trial", folder)

    client = component._client(folder)
    assert int(client.get_model_version_by_alias("loans", "staging").version) == version
    assert client.get_model_version("loans", str(version)).tags["stage"] == "staging"


def test_who_moved_it_and_why_is_kept(component, folder):
    version = _register(component, folder, b"one")["measured"]["version"]
    component.move(version, "archived", "A. Martin", "no longer needed", folder)

    told = [value for key, value in _rows(folder, "select key, value from model_version_tags") if "moved" in key]
    assert "to archived by A. Martin: no longer needed" in told


def test_a_file_that_was_changed_is_told(component, folder):
    _register(component, folder, b"four")
    digest = hashlib.sha256(b"four").hexdigest()
    (folder / "mlartifacts" / "models" / digest / "model.skops").write_bytes(b"forged")

    assert _register(component, folder, b"four")["holds"] is False


@pytest.mark.parametrize(
    ("version", "by", "reason", "fault"),
    [("99", "A. Martin", "why not", "no version 99"), ("1", " ", "why not", "say who"), ("1", "A", "", "say who")],
)
def test_nothing_moves_without_version_name_and_reason(component, folder, version, by, reason, fault):
    _register(component, folder, b"one")

    with pytest.raises(ValueError, match=fault):
        component.move(version, "production", by, reason, folder)


def test_the_commands_list_and_promote(component, folder):
    version = _register(component, folder, b"five")["measured"]["version"]
    parser = argparse.ArgumentParser()
    component.add_commands(parser.add_subparsers(), folder)

    words = ["promote", str(version), "--to", "production", "--by", "A. Martin", "--reason", "tested"]
    given = parser.parse_args(words)
    assert given.run(given) == f"version {version} is in stage production by decision of A. Martin"
    given = parser.parse_args(["versions"])
    [line] = [line for line in given.run(given).splitlines() if line.startswith(f"{version} ")]
    assert "production" in line
    with pytest.raises(SystemExit):
        parser.parse_args(["promote", "1", "--to", "anywhere", "--by", "A", "--reason", "b"])
