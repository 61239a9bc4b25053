"""What one training and a thousand results take in energy, emissions and money.

CodeCarbon's offline tracker reads the counters of processor and graphics card, without a network, and turns energy into
emissions by the country's mix of power. It reads the whole machine: what else runs on it counts too. The energy of the
memory is always a share modelled from its size. Where the processor's counters cannot be read, as in most virtual
machines, CodeCarbon estimates from load and nominal power; such a figure is told, and nothing is judged by it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

import pandas as pd
from codecarbon import OfflineEmissionsTracker
from codecarbon.core.cpu import is_rapl_available
from sklearn.base import clone

#: Shorter work is repeated until this many seconds are over, since its energy would drown in that of the reading.
_LEAST_SECONDS = 2.0
_RESULTS = 1000


def measure(
    model: Any,
    X_train: pd.DataFrame,
    y_train: pd.Series,
    X_test: pd.DataFrame,
    country: str = "FRA",
    price: float = 0.25,
    largest_cost: float = 1.0,
) -> dict[str, Any]:
    """Train a copy of the model and predict with the model while the tracker reads.

    Parameters
    ----------
    model : estimator
        Trained; stays as it is.
    X_train : DataFrame of shape (n_rows, n_columns)
    y_train : Series of shape (n_rows,)
    X_test : DataFrame of shape (n_test_rows, n_columns)
        Rows to predict, at most the first thousand.
    country : str
        Three letters of ISO 3166-1, such as FRA.
    price : float
        In EUR for a kilowatt hour.
    largest_cost : float
        Of the power of one training, in EUR.

    Returns
    -------
    dict
        Evidence; ``holds`` is None where the machine has no counters that can be read.

    Raises
    ------
    ValueError
        If the country is not known.
    """
    # The tracker announces itself before it looks at its own log level.
    logging.getLogger("codecarbon").setLevel(logging.CRITICAL)
    tracker = OfflineEmissionsTracker(
        country_iso_code=country,
        tracking_mode="machine",
        output_methods=[],
        allow_multiple_runs=True,
        log_level="critical",
    )
    rows = X_test.iloc[:_RESULTS]
    training, trainings = _read(tracker, "training", lambda: clone(model, safe=False).fit(X_train, y_train))
    results, batches = _read(tracker, "results", lambda: model.predict(rows))
    tracker.stop()
    if not training.country_name:
        raise ValueError(
            f'country "{country}" is not known to CodeCarbon; write three letters of ISO 3166-1, as in FRA'
        )
    of_training = share_of(training, trainings, price)
    of_results = share_of(results, batches * len(rows) / _RESULTS, price)
    is_read = is_rapl_available()
    cost = of_training["cost_in_eur"]
    holds = cost <= largest_cost if is_read else None
    told = f"one training takes {of_training['kwh']:.2g} kWh, {cost:.2g} EUR at {price:g} EUR/kWh"
    if holds is None:
        because = f"{told}, by an estimate from load and nominal power, since no counter of the processor can be read"
    else:
        because = f"{told}, {'not more' if holds else 'more'} than {largest_cost:g} EUR"
    return {
        "measured": {
            "by": "counters of the processor" if is_read else "estimate from load and nominal power",
            "country": training.country_name,
            "trainings": trainings,
            "one_training": of_training,
            "a_thousand_results": of_results,
        },
        "threshold": {"cost_in_eur": largest_cost},
        "holds": holds,
        "because": because,
    }


def share_of(read: Any, times: float, price: float) -> dict[str, float]:
    """What one of several equal pieces of work took.

    Parameters
    ----------
    read : EmissionsData
        What the tracker read during all of them.
    times : float
        How many there were.
    price : float
        In EUR for a kilowatt hour.

    Returns
    -------
    dict of str to float
        To five significant digits, so that a small piece does not vanish.
    """
    exact = {
        "seconds": read.duration / times,
        "kwh": read.energy_consumed / times,
        "kwh_of_memory_modelled": read.ram_energy / times,
        "grams_of_co2_equivalent": read.emissions * 1000 / times,
        "cost_in_eur": read.energy_consumed * price / times,
    }
    return {name: float(f"{value:.5g}") for name, value in exact.items()}


def _read(tracker: OfflineEmissionsTracker, name: str, work: Callable[[], object]) -> tuple[Any, int]:
    """What the tracker read during work that is repeated until it lasts long enough, and how often it was done."""
    tracker.start_task(name)
    # Only now: the tracker takes its own time to begin.
    times, began = 0, time.monotonic()
    while not times or time.monotonic() - began < _LEAST_SECONDS:
        work()
        times += 1
    return tracker.stop_task(name), times
