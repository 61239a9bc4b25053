"""The decision whether a model is fair enough to be released, by the one criterion chosen for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Measure that decides, and the rates of each group that it is made of.
_MEASURES = {
    "demographic_parity": ("demographic_parity_ratio", ("selection_rate",)),
    "equal_opportunity": ("equal_opportunity_difference", ("true_positive_rate",)),
    "equalized_odds": ("equalized_odds_difference", ("true_positive_rate", "false_positive_rate")),
    "predictive_parity": ("predictive_parity_difference", ("precision",)),
}


def decide(
    after: Mapping[str, Any],
    performance: Mapping[str, float | None],
    criterion: str,
    smallest_ratio: float = 0.8,
    largest_difference: float = 0.1,
    largest_precision_gap: float = 0.05,
    smallest_balanced_accuracy: float = 0.55,
) -> dict[str, Any]:
    """Verdict on the final model.

    It holds if the chosen criterion is within its limit for every protected attribute and their intersection, and the
    model still tells the labels apart: a model that gives everybody the same answer treats all groups alike and is of
    no use. Point values decide; an interval that crosses the limit is told.

    Parameters
    ----------
    after : mapping
        Rates by group of the final model, as `group_metrics` gives them.
    performance : mapping
        Figures of the final model, ``balanced_accuracy`` among them.
    criterion : {'demographic_parity', 'equal_opportunity', 'equalized_odds', 'predictive_parity'}
        The fairness criterion that was chosen.
    smallest_ratio : float
        Demographic parity: the smallest selection rate of a group over the largest must not be less. Of two groups
        either may be the favoured one, so 0.8 admits ratios of one rate to the other from 0.8 to 1.25.
    largest_difference : float
        Equal opportunity and equalized odds: largest allowed difference of rates between groups.
    largest_precision_gap : float
        Predictive parity: largest allowed difference of precision between groups.
    smallest_balanced_accuracy : float
        Below it the model is refused whatever its fairness; 0.5 is chance.

    Returns
    -------
    dict
        Evidence; ``holds`` is None where groups are too small to tell and nothing measured exceeds its limit.

    Raises
    ------
    ValueError
        If the criterion is none of the four.
    """
    if criterion not in _MEASURES:
        raise ValueError(f'no fairness criterion is named "{criterion}"; there are {", ".join(_MEASURES)}')
    measure, rates = _MEASURES[criterion]
    limit = {
        "demographic_parity": smallest_ratio,
        "predictive_parity": largest_precision_gap,
    }.get(criterion, largest_difference)
    is_ratio = measure.endswith("ratio")

    def within(value: float) -> bool:
        return value >= limit if is_ratio else value <= limit

    attributes = after["measured"]["attributes"]
    measured: dict[str, Any] = {}
    exceeded, crossing, untold = [], [], []
    for attribute, figures in attributes.items():
        figure = figures[measure]
        small = [
            group
            for group, entry in figures["groups"].items()
            if entry.get("cannot_tell") or any(entry[rate]["value"] is None for rate in rates)
        ]
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

    balanced_accuracy = performance["balanced_accuracy"]
    is_useful = balanced_accuracy is not None and balanced_accuracy >= smallest_balanced_accuracy
    name = measure.replace("_", " ")
    bound = f"{'at least' if is_ratio else 'at most'} {_plain(limit)}"
    sentences = []
    if not is_useful:
        told = "unknown" if balanced_accuracy is None else _plain(balanced_accuracy)
        sentences.append(f"balanced accuracy is {told}, at least {_plain(smallest_balanced_accuracy)} is asked")
    if exceeded:
        sentences.append(f"{name} must be {bound}, but is: {'; '.join(exceeded)}")
    if untold:
        sentences.append(f"it is open whether {name} is {bound} for {'; '.join(untold)}")
    if not sentences:
        sentences.append(f"{name} is {bound} for {', '.join(attributes)}")
    if crossing:
        sentences.append(f"the interval crosses the limit for {'; '.join(crossing)}")

    holds: bool | None = is_useful and not exceeded
    if holds and (untold or not attributes):
        holds = None
    return {
        "measured": {"criterion": criterion, "attributes": measured, "balanced_accuracy": balanced_accuracy},
        "threshold": {measure: limit, "balanced_accuracy": smallest_balanced_accuracy},
        "holds": holds,
        "because": "; ".join(sentences),
    }


def _plain(figure: float) -> str:
    return f"{figure:.3f}".rstrip("0").rstrip(".")
