from __future__ import annotations

import sqlite3

import pytest


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One store for all tests: making it takes seconds, using it does not."""
    return tmp_path_factory.mktemp("project")


def rows(folder, query):
    with sqlite3.connect(folder / "mlruns.db") as store:
        return store.execute(query).fetchall()


def test_parameters_and_figures_can_be_read_from_the_store_by_other_means(component, folder):
    evidence = component.track({"seed": 7}, {"accuracy": 0.8125}, [], folder)

    run = evidence["measured"]["run"]
    assert rows(folder, f"select key, value from params where run_uuid = '{run}'") == [("seed", "7")]
    assert rows(folder, f"select key, value from metrics where run_uuid = '{run}'") == [("accuracy", 0.8125)]
    assert evidence["holds"] is True


def test_files_and_folders_are_copied_into_the_record(component, folder, tmp_path):
    (tmp_path / "model.skops").write_bytes(b"model")
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "groups.png").write_bytes(b"picture")

    evidence = component.track({}, {}, [tmp_path / "model.skops", tmp_path / "figures"], folder)

    run = folder / "mlartifacts" / evidence["measured"]["run"] / "artifacts"
    assert (run / "model.skops").read_bytes() == b"model"
    assert (run / "figures" / "groups.png").read_bytes() == b"picture"
    assert evidence["holds"] is True


def test_every_run_is_kept(component, folder):
    before = set(rows(folder, "select run_uuid from runs")) if (folder / "mlruns.db").exists() else set()

    runs = {component.track({}, {"accuracy": value}, [], folder)["measured"]["run"] for value in (0.1, 0.2)}

    after = {run for (run,) in rows(folder, "select run_uuid from runs")}
    assert runs <= after
    assert len(after) == len(before) + 2


def test_names_that_the_store_would_refuse_are_changed_and_stay_apart(component, folder):
    strange = {'the "sex"\n(told).gap': 0.1, "the 'sex'\n(told).gap": 0.2, "é.taux": 0.3, "../..": 0.4}

    evidence = component.track({}, strange, [], folder)

    assert evidence["measured"]["metrics"] == 4
    assert evidence["holds"] is True


def test_what_is_no_number_is_left_out(component, folder):
    evidence = component.track({}, {"accuracy": 0.5, "area": float("nan"), "ratio": float("inf")}, [], folder)

    assert evidence["measured"]["metrics"] == 1


def test_nothing_is_printed_and_nobody_is_told(component, tmp_path, capfd, monkeypatch):
    import os
    import socket

    def refuse(*arguments, **keywords):
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)

    component.track({"seed": 0}, {"accuracy": 0.5}, [], tmp_path / "another")

    assert capfd.readouterr() == ("", "")
    assert os.environ["MLFLOW_DISABLE_TELEMETRY"] == "true"
