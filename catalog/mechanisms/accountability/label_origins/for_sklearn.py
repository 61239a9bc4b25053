"""Labels that earlier decisions of the model brought about, told apart from all others.

A model that learns what it has itself decided becomes surer of it at every turn (Sculley et al. 2015, Hidden technical
debt in machine learning systems, section 4). A column of the table must say of each row where its label comes from;
training on rows that do not say it is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd


def check(
    path: Path,
    read: Callable[[Path, list[str]], pd.DataFrame],
    origin_column: str = "",
    made_by_model: str = "model",
    largest_share: float = 0.2,
) -> dict[str, Any]:
    """Share of the labels that the model made.

    Parameters
    ----------
    path : Path
        The table as a file.
    read : callable
        Gives the named columns of it, and raises ValueError if one is not there.
    origin_column : str
        Column that says where the label of a row comes from; it is no input of the model. Empty: none is named.
    made_by_model : str
        What it says of labels that are or follow a decision of the model.
    largest_share : float
        Limit for their share.

    Returns
    -------
    dict
        Evidence, with the rows of each origin. Without a column ``holds`` is None.

    Raises
    ------
    ValueError
        If the column is not in the file, or rows do not say where their label comes from.
    """
    threshold = {"share_made_by_model": largest_share}
    if not origin_column:
        because = "no column is named that says where the label of a row comes from"
        return {"measured": {}, "threshold": threshold, "holds": None, "because": because}
    origins = read(path, [origin_column])[origin_column]
    texts = origins.where(origins.notna(), "").astype(str).str.strip()
    unmarked = int((texts == "").sum())
    if unmarked:
        raise ValueError(
            f"{unmarked} of {len(texts)} rows do not say in {origin_column!r} where their label comes from; mark "
            "them or leave them out before training"
        )
    counts = texts.value_counts().sort_index()
    share = float((texts == made_by_model).mean())
    listed = ", ".join(f"{origin} {count:,}" for origin, count in counts.items())
    return {
        "measured": {
            "rows": len(texts),
            "share_made_by_model": round(share, 6),
            "origins": {str(origin): int(count) for origin, count in counts.items()},
        },
        "threshold": threshold,
        "holds": share <= largest_share,
        "because": (
            f"{share:.1%} of {len(texts):,} labels were brought about by the model, {largest_share:.1%} are allowed; "
            f"by origin: {listed}"
        ),
    }
