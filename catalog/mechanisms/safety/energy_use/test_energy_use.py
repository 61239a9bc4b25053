from __future__ import annotations

import json
import logging
import socket
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression


class Counting(LogisticRegression):
    """Counts how often any of its copies was trained."""

    trained = 0

    def fit(self, X, y):
        Counting.trained += 1
        return super().fit(X, y)


def _measure(component, monkeypatch, *, counters=False, seconds=0.3, **changes):
    monkeypatch.setattr(component, "_LEAST_SECONDS", seconds)
    monkeypatch.setattr(component, "is_rapl_available", lambda: counters)
    X = pd.DataFrame({"age": np.random.default_rng(0).normal(size=200)})
    y = (X["age"] > 0).astype(int)
    return component.measure(Counting().fit(X, y), X, y, X, **changes)


@pytest.fixture(autouse=True)
def offline(monkeypatch):
    """Every attempt to reach another machine fails."""

    def refuse(self, address):
        raise AssertionError(f"tried to reach {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    yield
    logging.getLogger("codecarbon").setLevel(logging.NOTSET)


def test_each_figure_is_its_share_of_what_was_read(component):
    # 2 kWh in an hour, of which 0.5 of the memory, emitted 0.1 kg.
    read = SimpleNamespace(duration=3600.0, energy_consumed=2.0, ram_energy=0.5, emissions=0.1)

    assert component.share_of(read, times=4, price=0.3) == {
        "seconds": 900.0,
        "kwh": 0.5,
        "kwh_of_memory_modelled": 0.125,
        "grams_of_co2_equivalent": 25.0,
        "cost_in_eur": 0.15,
    }


def test_without_counters_the_figures_are_an_estimate_and_nothing_is_judged(component, monkeypatch):
    found = _measure(component, monkeypatch)

    training = found["measured"]["one_training"]
    assert found["holds"] is None
    assert "no counter" in found["because"]
    assert training["kwh"] > 0
    assert training["cost_in_eur"] == pytest.approx(training["kwh"] * 0.25, rel=1e-4)
    assert json.loads(json.dumps(found)) == found


def test_with_counters_the_cost_is_judged_by_its_limit(component, monkeypatch):
    assert _measure(component, monkeypatch, counters=True, price=0.25)["holds"] is True
    assert _measure(component, monkeypatch, counters=True, price=10, largest_cost=0)["holds"] is False


def test_short_trainings_are_repeated_and_shared_out(component, monkeypatch):
    before = Counting.trained
    found = _measure(component, monkeypatch)["measured"]

    # One training was the model's own.
    assert found["trainings"] == Counting.trained - before - 1 > 1
    assert found["one_training"]["seconds"] < 0.3


def test_emissions_follow_the_power_mix_of_the_country(component, monkeypatch):
    found = [_measure(component, monkeypatch, country=country)["measured"] for country in ("FRA", "POL")]

    french, polish = (part["one_training"]["grams_of_co2_equivalent"] / part["one_training"]["kwh"] for part in found)
    assert [part["country"] for part in found] == ["France", "Poland"]
    assert polish > 3 * french


def test_an_unknown_country_is_refused(component, monkeypatch):
    with pytest.raises(ValueError, match='country "XYZ" is not known'):
        _measure(component, monkeypatch, seconds=0, country="XYZ")
