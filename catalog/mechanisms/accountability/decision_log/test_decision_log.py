from __future__ import annotations

import datetime
import hashlib
import hmac
import itertools
import json

import pandas as pd
import pytest

X = pd.DataFrame({"age": [20.0, None], "job": ["nurse", "cook"], "sex": ["f", "m"]}, index=[7, 9])


@pytest.fixture(autouse=True)
def no_key_from_outside(monkeypatch):
    monkeypatch.delenv("DECISION_LOG_KEY", raising=False)


def _log(component, folder, results=("yes", None), **changed):
    models = folder / "models-in-use"
    models.mkdir(exist_ok=True)
    file = models / "model.skops"
    file.write_bytes(changed.pop("content", b"model"))
    given = {"protected": ["sex"], "quasi_identifiers": [], "further_masked": ["job"], "retention_days": 30} | changed
    return component.log(
        model=None,
        X=X,
        results=pd.Series(results, index=X.index, dtype=object),
        outcome=lambda model, X: pd.Series([0.75, 0.5], index=X.index),
        model_file=file,
        records_folder=folder,
        **given,
    )


def _lines(folder):
    [file] = (folder / "decisions").glob("*.jsonl")
    return file.read_text(encoding="utf-8").splitlines()


def test_each_prediction_has_a_line_with_the_model_that_gave_it(component, tmp_path):
    events = _log(component, tmp_path)

    lines = [json.loads(line) for line in _lines(tmp_path)]
    assert list(events.index) == [7, 9]
    assert [line["event"] for line in lines] == list(events)
    assert [line["result"] for line in lines] == ["yes", None]
    assert [line["score"] for line in lines] == [0.75, 0.5]
    assert {line["model"] for line in lines} == {hashlib.sha256(b"model").hexdigest()}


def test_columns_about_people_are_nowhere_in_the_log(component, tmp_path):
    _log(component, tmp_path)

    text = "\n".join(_lines(tmp_path))
    assert not any(f'"{value}"' in text for value in ("nurse", "cook", "f", "m", "sex", "job"))
    assert [json.loads(line)["inputs"] for line in _lines(tmp_path)] == [{"age": 20.0}, {"age": None}]


def test_the_code_of_a_row_is_told_by_the_key_alone(component, tmp_path, monkeypatch):
    monkeypatch.setenv("DECISION_LOG_KEY", "00ff")
    _log(component, tmp_path)

    text = '{"age": 20.0, "job": "nurse", "sex": "f"}'
    expected = hmac.new(b"\x00\xff", text.encode(), "sha256").hexdigest()
    assert json.loads(_lines(tmp_path)[0])["row"] == expected
    assert not (tmp_path / "decision_log.key").exists()


def test_a_key_of_its_own_is_made_once_and_read_by_nobody_else(component, tmp_path):
    _log(component, tmp_path)
    key = tmp_path / "decision_log.key"
    first = key.read_text()
    _log(component, tmp_path)

    assert key.read_text() == first
    assert len(bytes.fromhex(first)) == 32
    assert key.stat().st_mode & 0o077 == 0
    codes = [json.loads(line)["row"] for line in _lines(tmp_path)]
    assert codes[0] == codes[2] != codes[1]


def test_lines_are_added_and_never_changed(component, tmp_path):
    _log(component, tmp_path)
    before = _lines(tmp_path)
    events = _log(component, tmp_path)

    lines = _lines(tmp_path)
    assert lines[:2] == before
    assert len({json.loads(line)["event"] for line in lines}) == 4
    assert json.loads(lines[3])["event"] == events[9]
    assert component.told(tmp_path).startswith("4 decisions")
    for earlier, later in itertools.pairwise(lines):
        assert json.loads(later)["previous"] == hashlib.sha256(earlier.encode()).hexdigest()


@pytest.mark.parametrize("line", [0, 1, 3])
def test_a_line_changed_later_is_seen(component, tmp_path, line):
    for _ in range(2):
        _log(component, tmp_path)
    [file] = (tmp_path / "decisions").glob("*.jsonl")
    lines = _lines(tmp_path)
    lines[line] = lines[line].replace('"score": 0.', '"score": 1.')
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    with pytest.raises(ValueError, match=f"decision {line + 1} of 4"):
        component.told(tmp_path)


def test_a_line_taken_out_is_seen(component, tmp_path):
    for _ in range(2):
        _log(component, tmp_path)
    [file] = (tmp_path / "decisions").glob("*.jsonl")
    lines = _lines(tmp_path)
    file.write_text("\n".join(lines[:1] + lines[2:]) + "\n", encoding="utf-8")

    with pytest.raises(ValueError, match="not as it was written"):
        component.told(tmp_path)


def test_what_is_too_old_is_deleted_and_the_rest_stays_whole(component, tmp_path):
    _log(component, tmp_path)
    [file] = (tmp_path / "decisions").glob("*.jsonl")
    today = datetime.datetime.now(datetime.UTC).date()
    days = {age: file.with_name(f"{today - datetime.timedelta(days=age)}.jsonl") for age in (31, 30)}
    file.rename(days[31])
    _log(component, tmp_path)
    file.rename(days[30])

    # Adding to the record deletes; the day that is 30 days old is still kept.
    days[31].write_text("")
    _log(component, tmp_path)

    assert not days[31].exists()
    assert days[30].exists()
    assert component.told(tmp_path).startswith("4 decisions since")


def test_every_model_that_decided_is_kept_with_what_lies_beside_it(component, tmp_path):
    _log(component, tmp_path)
    (tmp_path / "models-in-use" / "model.types.json").write_text("{}")
    _log(component, tmp_path, content=b"another")

    kept = {path.relative_to(tmp_path / "models").as_posix() for path in (tmp_path / "models").rglob("*.*")}
    first, second = (hashlib.sha256(content).hexdigest() for content in (b"model", b"another"))
    assert kept == {f"{first}/model.skops", f"{second}/model.skops", f"{second}/model.types.json"}
    assert (tmp_path / "models" / first / "model.skops").read_bytes() == b"model"


def test_an_empty_record_says_so(component, tmp_path):
    assert component.told(tmp_path) == "no decision is on record"
