"""The decision whether a model of numbers is fair enough to be released, by the one criterion chosen for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def decide(
    after: Mapping[str, Any],
    performance: Mapping[str, float],
    criterion: str,
    smallest_ratio: float = 0.8,
    largest_gap: float = 0.2,
    smallest_r2: float = 0.05,
) -> dict[str, Any]:
    """Verdict on the final model.

    It holds if the chosen criterion is within its limit for every protected attribute and their intersection, and the
    model still predicts something: one that predicts the same for everybody treats all groups alike and is of no use.
    Point values decide; an interval that crosses the limit is told.

    Parameters
    ----------
    after : mapping
        Errors by group of the final model, as `group_error` gives them.
    performance : mapping
        Figures of the final model, ``r2`` among them.
    criterion : {'demographic_parity', 'equal_group_error'}
        The fairness criterion that was chosen.
    smallest_ratio : float
        Equal error: the smallest mean absolute error of a group over the largest must not be less.
    largest_gap : float
        Demographic parity: largest allowed difference of mean predictions, in standard deviations of the target.
    smallest_r2 : float
        Below it the model is refused whatever its fairness; 0 is the mean as only answer.

    Returns
    -------
    dict
        Evidence; ``holds`` is None where groups are too small to tell and nothing measured exceeds its limit.

    Raises
    ------
    ValueError
        If the criterion is none of the two.
    """
    if criterion not in ("demographic_parity", "equal_group_error"):
        raise ValueError(f'numbers have no fairness criterion named "{criterion}"')
    is_ratio = criterion == "equal_group_error"
    measure, limit = (
        ("absolute_error_ratio", smallest_ratio) if is_ratio else ("mean_prediction_difference", largest_gap)
    )
    unit = 1.0 if is_ratio else after["measured"]["target_deviation"] or 1.0

    def within(value: float) -> bool:
        return value >= limit if is_ratio else value <= limit

    measured: dict[str, Any] = {}
    exceeded, crossing, untold = [], [], []
    for attribute, figures in after["measured"]["attributes"].items():
        figure = {name: None if value is None else round(value / unit, 6) for name, value in figures[measure].items()}
        small = [group for group, entry in figures["groups"].items() if entry["cannot_tell"]]
        measured[attribute] = {measure: figure, "cannot_tell": small}
        if figure["value"] is None:
            untold.append(attribute)
            continue
        if not within(figure["value"]):
            exceeded.append(f"{attribute} {_plain(figure['value'])}")
        elif small:
            untold.append(f"{attribute} (too few cases: {', '.join(small)})")
        if within(figure["low"]) != within(figure["high"]):
            crossing.append(f"{attribute} ({_plain(figure['low'])} to {_plain(figure['high'])})")

    is_useful = performance["r2"] >= smallest_r2
    name = measure.replace("_", " ") + ("" if is_ratio else " in standard deviations of the target")
    bound = f"{'at least' if is_ratio else 'at most'} {_plain(limit)}"
    sentences = []
    if not is_useful:
        sentences.append(f"R² is {_plain(performance['r2'])}, at least {_plain(smallest_r2)} is asked")
    if exceeded:
        sentences.append(f"{name} must be {bound}, but is: {'; '.join(exceeded)}")
    if untold:
        sentences.append(f"it is open whether {name} is {bound} for {'; '.join(untold)}")
    if not sentences:
        sentences.append(f"{name} is {bound} for {', '.join(measured)}")
    if crossing:
        sentences.append(f"the interval crosses the limit for {'; '.join(crossing)}")
    holds: bool | None = is_useful and not exceeded
    if holds and (untold or not measured):
        holds = None
    return {
        "measured": {"criterion": criterion, "attributes": measured, "r2": performance["r2"]},
        "threshold": {measure: limit, "r2": smallest_r2},
        "holds": holds,
        "because": "; ".join(sentences),
    }


def _plain(figure: float) -> str:
    return f"{figure:.3f}".rstrip("0").rstrip(".")
