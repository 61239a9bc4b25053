"""How easily decisions are turned round on purpose by small changes of the numbers.

The attacker sees decisions and nothing else. First many points near a row are tried at random; where none turns the
decision, HopSkipJump looks for the nearest one that does: Chen, Jordan and Wainwright (2020), HopSkipJumpAttack: a
query-efficient decision-based attack, IEEE S&P 2020, arXiv 1904.02144, as the Adversarial Robustness Toolbox has it.
A column that holds whole numbers is given whole numbers only, as a form would. Texts are left alone.

A bounded search gives a lower bound: a longer one may turn more decisions, never fewer.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import binomtest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it tells which deep-learning libraries are not there
    from art.attacks.evasion import HopSkipJump
    from art.estimators.classification import BlackBoxClassifier

#: Fewer rows leave the question open.
_LEAST_ROWS = 20
#: Points near a row, and anywhere, that are tried before the search; one call of the model each.
_NEAR, _ANYWHERE = 200, 100


def measure(
    model: Any,
    X: pd.DataFrame,
    y: pd.Series,
    numeric: Sequence[str],
    seed: int,
    reach: float = 0.05,
    largest_share: float = 0.1,
    rows: int = 60,
    steps: int = 4,
) -> dict[str, Any]:
    """Share of right decisions that are turned by moving every number by at most a share of its column's range.

    Parameters
    ----------
    model : classifier
        Trained.
    X : DataFrame of shape (n_rows, n_columns)
        Test rows.
    y : Series of shape (n_rows,)
        Codes of their labels.
    numeric : sequence of str
        Columns that the attacker may change; gaps stay.
    seed : int
        Of the rows drawn and of the search.
    reach : float
        How far a number may be moved, as a share of the distance between smallest and largest value of its column
        among the test rows.
    largest_share : float
        Largest share of turned decisions allowed, from 0 to 1.
    rows : int
        Rows attacked at most, drawn among those that the model decides rightly.
    steps : int
        Of HopSkipJump; each asks the model some hundred times.

    Returns
    -------
    dict
        Evidence, with a 95 % interval (Clopper and Pearson); ``holds`` is None where it contains the limit, or where
        the model refuses changed rows, as one does that knows no rule for a group it has never seen.
    """
    settings = {"reach": reach, "steps": steps}
    threshold = {"share_turned": largest_share}

    def unknown(because: str) -> dict[str, Any]:
        return {"measured": settings, "threshold": threshold, "holds": None, "because": because}

    space = Space(X, numeric)
    if not space.columns:
        return unknown("no column holds numbers that differ, so there is nothing to move")
    source = np.random.default_rng(seed)
    right = np.flatnonzero(np.asarray(model.predict(X)) == np.asarray(y))
    taken = np.sort(source.choice(right, min(rows, len(right)), replace=False))
    if len(taken) < _LEAST_ROWS:
        return unknown(f"{len(taken)} test rows are decided rightly; {_LEAST_ROWS} are needed")
    try:
        tried = [nearest_turn(model, X.iloc[[place]], space, reach, steps, source) for place in taken]
    except ValueError as refusal:
        return unknown(f"the model refuses changed rows ({' '.join(str(refusal).split())})")
    distances, queries = np.array(tried).T
    turned = int((distances <= reach).sum())
    share, ends = turned / len(taken), binomtest(turned, len(taken)).proportion_ci(0.95)
    holds = True if ends.high <= largest_share else False if ends.low > largest_share else None
    verdict = {True: "not more than", False: "more than", None: "not clearly more or less than"}[holds]
    finite = distances[np.isfinite(distances)]
    return {
        "measured": settings
        | {
            "rows": len(taken),
            "columns": space.columns,
            "turned": turned,
            "share_turned": {
                "value": round(share, 6),
                "low": round(float(ends.low), 6),
                "high": round(float(ends.high), 6),
            },
            "never_turned": len(taken) - len(finite),
            "median_distance": round(float(np.median(finite)), 6) if len(finite) else None,
            "queries_per_row": round(float(queries.mean()), 1),
        },
        "threshold": threshold,
        "holds": holds,
        "because": (
            f"{turned} of {len(taken)} right decisions ({share:.1%} [{ends.low:.1%}, {ends.high:.1%}]) are turned by "
            f"moving numbers by at most {reach:.0%} of their range, {verdict} {largest_share:.0%}; "
            f"{queries.mean():.0f} questions a row were asked"
        ),
    }


class Space:
    """The numbers of rows as points between 0 and 1, and back.

    Parameters
    ----------
    X : DataFrame of shape (n_rows, n_columns)
        Rows that say how far each column reaches, and whether it holds whole numbers.
    numeric : sequence of str

    Attributes
    ----------
    columns : list of str
        Those with at least two different numbers.
    """

    def __init__(self, X: pd.DataFrame, numeric: Sequence[str]) -> None:
        self.columns = [column for column in numeric if X[column].nunique() > 1]
        values = X[self.columns].astype(float)
        self.low, self.width = values.min().to_numpy(), (values.max() - values.min()).to_numpy()
        self.whole = [bool((values[column].dropna() % 1 == 0).all()) for column in self.columns]

    def points(self, X: pd.DataFrame) -> np.ndarray:
        """Points of shape (n_rows, n_columns) between 0 and 1; gaps are 0."""
        return np.nan_to_num((X[self.columns].to_numpy(dtype=float) - self.low) / self.width)

    def rows(self, points: np.ndarray, row: pd.DataFrame) -> pd.DataFrame:
        """Copies of a row with the numbers of some points; whole numbers rounded, gaps kept."""
        copies = row.iloc[np.zeros(len(points), dtype=int)].reset_index(drop=True)
        for place, column in enumerate(self.columns):
            if pd.isna(row[column].iloc[0]):
                continue
            values = self.low[place] + points[:, place].astype(float) * self.width[place]
            copies[column] = np.round(values) if self.whole[place] else values
        return copies

    def distance(self, point: np.ndarray, row: pd.DataFrame) -> float:
        """The largest move of a number of the row, as a share of its column's range."""
        return float(np.abs(self.points(self.rows(point[None], row))[0] - self.points(row)[0]).max())


def nearest_turn(
    model: Any, row: pd.DataFrame, space: Space, reach: float, steps: int, source: np.random.Generator
) -> tuple[float, int]:
    """How far the numbers of one row must be moved until its decision turns, and how often the model was asked.

    Infinite where no point is found that turns it. Where one within reach is found at random, its distance is given,
    and nothing nearer is looked for.
    """
    asked = 0
    own = np.asarray(model.predict(row))[0]

    def turns(points: np.ndarray) -> np.ndarray:
        nonlocal asked
        asked += len(points)
        return np.asarray(np.asarray(model.predict(space.rows(points, row))) != own)

    start = space.points(row)[0]
    # Half of the points are corners of the box, the farthest that the attacker may go.
    moves = source.uniform(-1, 1, (_NEAR, len(start)))
    moves[: _NEAR // 2] = np.sign(moves[: _NEAR // 2])
    near = np.clip(start + reach * moves, 0, 1)
    distances = [space.distance(point, row) for point in near[turns(near)]]
    # The rounding of whole numbers may have carried a point out of reach, that of floats by a hair.
    if distances and min(distances) <= reach + 1e-9:
        return min(*distances, reach), asked
    anywhere = source.uniform(0, 1, (_ANYWHERE, len(start)))
    others = anywhere[turns(anywhere)]
    if not len(others):
        return float("inf"), asked
    nearest = others[np.argmin(np.abs(others - start).max(axis=1))]
    classifier = BlackBoxClassifier(
        lambda points: np.eye(2)[turns(points).astype(int)], (len(start),), 2, clip_values=(0.0, 1.0)
    )
    attack = HopSkipJump(classifier, norm=np.inf, max_iter=steps, init_eval=50, max_eval=150, verbose=False)
    with _global_seed(int(source.integers(2**32))):
        found = attack.generate(x=start[None].astype(np.float32), x_adv_init=nearest[None].astype(np.float32))[0]
    # What HopSkipJump gives is asked once more: rounding may have brought it back to where it began.
    return space.distance(found if turns(found[None])[0] else nearest, row), asked


@contextlib.contextmanager
def _global_seed(seed: int) -> Iterator[None]:
    """Seed NumPy's global generator, which HopSkipJump draws from, and put it back as it was."""
    before = np.random.get_state()
    np.random.seed(seed)
    try:
        yield
    finally:
        np.random.set_state(before)
