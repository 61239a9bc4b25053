"""How large each protected group is in the data, beside the people on whom the model is to be used.

The interval of a share is Wilson's (1927), which stays within 0 and 1 and holds in small groups; it takes rows as drawn
independently, which many rows of one person are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd


def measure(
    train_groups: pd.DataFrame,
    test_groups: pd.DataFrame,
    reference: str = "",
    smallest_ratio: float = 0.8,
    minimum_count: int = 30,
    confidence: float = 0.95,
) -> dict[str, Any]:
    """Rows and shares of each group and each crossed group, in the whole table and in both parts of it.

    Parameters
    ----------
    train_groups, test_groups : DataFrame of shape (n_rows, n_attributes)
        One text column for each protected attribute.
    reference : str
        Shares among the people concerned, such as ``sex: female 0.51, male 0.49; age: young 0.2``. Groups that are not
        named are counted and not compared.
    smallest_ratio : float
        Share in the data over share in the reference that a group must reach.
    minimum_count : int
        Groups with fewer rows are named: little can be measured of them.
    confidence : float
        Of the intervals, between 0 and 1.

    Returns
    -------
    dict
        Evidence. ``holds`` follows from the intervals: False if some group lies below the ratio as a whole, True if
        every compared group reaches it as a whole, otherwise None, also without a reference.

    Raises
    ------
    ValueError
        If the reference cannot be read, or names what is not there.
    """
    train, test = _memberships(train_groups), _memberships(test_groups)
    wanted = read_reference(reference)
    rows = len(train_groups) + len(test_groups)
    attributes: dict[str, dict[str, Any]] = {}
    for attribute, members in train.items():
        learnt, tested = members.value_counts(), test[attribute].value_counts()
        counts = learnt.add(tested, fill_value=0).astype(int).sort_index()
        known = wanted.pop(attribute, {})
        # A group of the reference that nobody in the table belongs to is the worst case, not a slip.
        names = [*counts.index, *(name for name in known if name not in counts.index)]
        attributes[attribute] = {
            str(name): {
                "count": int(counts.get(name, 0)),
                "share": _figure(int(counts.get(name, 0)), rows, confidence),
                "share_in_training": round(float(learnt.get(name, 0)) / max(1, len(train_groups)), 6),
                "share_in_test": round(float(tested.get(name, 0)) / max(1, len(test_groups)), 6),
            }
            | ({"reference": known[name]} if name in known else {})
            for name in names
        }
    if wanted:
        raise ValueError(f"the reference names {', '.join(wanted)}, but the attributes are {', '.join(attributes)}")
    small = [
        f"{group} ({attribute}, {figures['count']})"
        for attribute, groups in attributes.items()
        for group, figures in groups.items()
        if figures["count"] < minimum_count
    ]
    below, unclear, compared = [], [], 0
    for attribute, groups in attributes.items():
        for group, figures in groups.items():
            if "reference" not in figures:
                continue
            compared += 1
            ratio = {end: figures["share"][end] / figures["reference"] for end in ("value", "low", "high")}
            figures["ratio"] = {end: round(value, 6) for end, value in ratio.items()}
            told = f"{group} ({attribute}): {ratio['value']:.2f} [{ratio['low']:.2f}, {ratio['high']:.2f}]"
            if ratio["high"] < smallest_ratio:
                below.append(told)
            elif ratio["low"] < smallest_ratio:
                unclear.append(told)
    if not compared:
        holds, because = None, f"{rows:,} rows were counted by group, and no reference says what shares to expect"
    elif below:
        holds, because = False, f"share over reference is below {smallest_ratio:g} for {'; '.join(below)}"
    elif unclear:
        holds, because = None, f"the interval of share over reference holds {smallest_ratio:g} for {'; '.join(unclear)}"
    else:
        holds, because = True, f"all {compared} groups reach {smallest_ratio:g} of their share in the reference"
    if small:
        because += f"; groups of fewer than {minimum_count} rows: {', '.join(small)}"
    return {
        "measured": {"rows": rows, "attributes": attributes, "confidence": confidence},
        "threshold": {"ratio": smallest_ratio},
        "holds": holds,
        "because": because,
    }


def read_reference(text: str) -> dict[str, dict[str, float]]:
    """Shares by attribute and group, of a text such as ``sex: female 0.51, male 0.49``.

    Raises
    ------
    ValueError
        If a share is no number above 0 and up to 1, or those of an attribute exceed 1.
    """
    shares: dict[str, dict[str, float]] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        attribute, colon, listed = part.partition(":")
        groups: dict[str, float] = {}
        for pair in listed.split(","):
            group, _, number = pair.strip().rpartition(" ")
            try:
                groups[group.strip()] = float(number)
            except ValueError:
                groups[group.strip()] = float("nan")
        if not colon or "" in groups or not all(0 < share <= 1 for share in groups.values()):
            raise ValueError(f'the reference "{part}" is not of the form "sex: female 0.51, male 0.49"')
        if sum(groups.values()) > 1.001:
            raise ValueError(f"the shares of {attribute.strip()} in the reference add up to more than 1")
        shares[attribute.strip()] = groups
    return shares


def _memberships(groups: pd.DataFrame) -> Mapping[str, pd.Series]:
    members = {str(name): groups[name].astype(str) for name in groups.columns}
    if len(members) > 1:
        members["intersection"] = groups.astype(str).agg(" & ".join, axis=1)
    return members


def _figure(count: int, rows: int, confidence: float) -> dict[str, float]:
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = count / rows
    middle = (share + z**2 / (2 * rows)) / (1 + z**2 / rows)
    reach = z * np.sqrt(share * (1 - share) / rows + z**2 / (4 * rows**2)) / (1 + z**2 / rows)
    # The ends for nobody and for everybody are 0 and 1 but for rounding.
    low, high = max(0.0, float(middle - reach)), min(1.0, float(middle + reach))
    return {"value": round(share, 6), "low": round(low, 6), "high": round(high, 6)}
