"""Which coefficients a linear model has, and how many of them are left where a penalty sets some to zero.

Nothing is estimated: the coefficients are the model. Columns of numbers were scaled to variance 1 and levels are 0 or
1, so a coefficient says what one standard deviation, or having that level, adds to the score: the log odds, the
distance from the plane, or the number itself. That holds while all other columns stay, and for columns that go together
the model may have put onto one what belongs to both.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from sklearn.pipeline import Pipeline

_INK, _UP, _DOWN = "#333333", "#0b6e99", "#c1602c"
_SHOWN = 25

#: Of two levels that say the same, one keeps what rounding leaves over; such a share of the largest is nothing.
ROUNDING = 1e-9


def explain(model: Any, figures: Path) -> dict[str, Any]:
    """Write the coefficients of a trained model down, largest first, and draw them.

    Parameters
    ----------
    model : estimator
        Trained; a pipeline that ends with a linear model, or something around one or several such pipelines.
    figures : Path
        Folder; made if it is not there. Gets ``linear_coefficients.png``.

    Returns
    -------
    dict
        Evidence. It holds when a coefficient is left: without any the model says the same of every row. Several classes
        have a coefficient each, and so has each model of a mixture; a column is left when one of them is.
    """
    pipelines = linear_pipelines(model)
    names = column_names(pipelines[0])
    rows = np.vstack([np.atleast_2d(pipeline[-1].coef_) for pipeline in pipelines])
    intercepts = np.concatenate([np.ravel(pipeline[-1].intercept_) for pipeline in pipelines])
    size = np.abs(rows).max(axis=0)
    size[size <= ROUNDING * size.max()] = 0
    order = np.argsort(-size, kind="stable")
    left = int(np.count_nonzero(size))
    figures.mkdir(parents=True, exist_ok=True)
    shown = [place for place in order[:_SHOWN] if size[place] > 0]
    _draw([names[place] for place in shown], rows[:, shown], left, figures / "linear_coefficients.png")
    if left:
        strongest = names[order[0]]
        because = f"{left} of {len(names)} coefficients are left, the largest of them that of {strongest}"
    else:
        because = f"none of {len(names)} coefficients is left, so the model says the same of every row"
    return {
        "measured": {
            "prepared_columns": len(names),
            "left": left,
            "models": len(pipelines),
            "intercept": [float(f"{value:.6g}") for value in intercepts],
            "coefficients": [
                {"column": names[place], "values": [float(f"{value:.6g}") for value in rows[:, place]]}
                for place in order
                if size[place] > 0
            ],
            "without_effect": [names[place] for place in order if size[place] == 0],
        },
        "threshold": {"fewest_left": 1},
        "holds": left >= 1,
        "because": because,
    }


def linear_pipelines(model: Any) -> list[Pipeline]:
    """The trained pipelines inside a model that end with a linear one; several where it is a mixture of them.

    Raises
    ------
    ValueError
        If there is none.
    """
    inner = model
    while not isinstance(inner, Pipeline):
        if hasattr(inner, "reduction_"):
            weighed = zip(inner.reduction_.predictors_, inner.reduction_.weights_, strict=True)
            return [found for predictor, weight in weighed if weight > 0 for found in linear_pipelines(predictor)]
        if not hasattr(inner, "estimator_"):
            raise ValueError(f"there is no pipeline in {type(model).__name__}")
        inner = inner.estimator_
    if not hasattr(inner[-1], "coef_"):
        raise ValueError(f"{type(inner[-1]).__name__} is no linear model, or is not trained")
    return [inner]


def column_names(pipeline: Pipeline) -> list[str]:
    """Names of the prepared columns; their numbers where a step before the last gives no names."""
    count = np.atleast_2d(pipeline[-1].coef_).shape[1]
    try:
        return [str(name) for name in pipeline[:-1].get_feature_names_out()]
    except AttributeError:
        return [f"prepared column {place}" for place in range(1, count + 1)]


def _draw(names: list[str], values: np.ndarray, left: int, path: Path) -> None:
    """One bar for each coefficient; one dot for each class or model where there are several."""
    figure = Figure(figsize=(8, 1.4 + 0.3 * max(len(names), 1)), layout="constrained", dpi=130)
    axes = figure.subplots()
    places = np.arange(len(names))
    if len(values) == 1:
        axes.barh(places, values[0], color=[_UP if value > 0 else _DOWN for value in values[0]], height=0.66)
    else:
        for row in values:
            axes.scatter(row, places, color=_UP, s=18)
    axes.set_yticks(places, [_short(name) for name in names])
    axes.invert_yaxis()
    axes.axvline(0, color=_INK, linewidth=0.8)
    axes.tick_params(length=0, colors=_INK, labelsize=9)
    axes.grid(axis="x", color="#e6e6e6", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    several = "; a dot for each class or model" if len(values) > 1 else ""
    few = f"; the {len(names)} largest of {left}" if left > len(names) else ""
    axes.set_xlabel(f"coefficient of the prepared column{few}{several}", color=_INK)
    figure.suptitle("The coefficients of the model", x=0.01, ha="left", color=_INK, fontsize=12)
    figure.savefig(path, metadata={"Software": None})


def _short(name: str, most: int = 40) -> str:
    """Text for a picture: one line, no mathematics."""
    text = " ".join(name.split()).replace("$", "\\$")
    return text if len(text) <= most else f"{text[: most - 1]}…"
