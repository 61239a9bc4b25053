"""The ONNX file once more with whole numbers of 8 bits in its matrices, and a test that it decides alike.

Dynamic quantisation (ONNX Runtime): the weights are rounded to 256 steps when the file is written, what comes in when
it runs. Only products of matrices gain by it, and of the estimators here only a neural network has any: linear models
are one operator of their own, trees are comparisons, and all that changes in their files is some 500 bytes more.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pandas as pd
from onnxruntime.quantization import QuantType, quantize_dynamic

#: What the file is given for a gap in a column of texts; a gap in numbers is NaN.
GAP = "\N{SYMBOL FOR NULL}"


def quantise(model_file: Path, X_test: pd.DataFrame, largest_share: float = 0.01) -> dict[str, Any]:
    """Write ``model.8_bits.onnx`` beside ``model.onnx`` and compare what both say.

    Parameters
    ----------
    model_file : Path
        The model on disk; ``model.onnx`` stands beside it.
    X_test : DataFrame of shape (n_rows, n_columns)
        Rows to compare on.
    largest_share : float
        Largest share of rows that may be decided otherwise.

    Returns
    -------
    dict
        Evidence; it holds when few rows are decided otherwise and the file is smaller, which that of a small network
        is not.

    Raises
    ------
    ValueError
        If there is no ``model.onnx``.
    """
    full, short = model_file.with_name("model.onnx"), model_file.with_name("model.8_bits.onnx")
    if not full.exists():
        raise ValueError(f"{full.name} is not there; the ONNX export writes it before")
    with _without_advice():
        quantize_dynamic(full, short, weight_type=QuantType.QInt8)
    (before, chances_before), (after, chances_after) = answers(full, X_test), answers(short, X_test)
    changed = int((before != after).sum())
    share = changed / len(X_test)
    gap = float(np.abs(chances_before - chances_after).max())
    sizes = full.stat().st_size, short.stat().st_size
    smaller = sizes[1] < sizes[0]
    return {
        "measured": {
            "file": short.name,
            "bytes": sizes[1],
            "bytes_with_32_bits": sizes[0],
            "rows": len(X_test),
            "decided_otherwise": changed,
            "share": round(share, 6),
            "largest_difference_of_probabilities": round(gap, 6),
        },
        "threshold": {"share": largest_share, "bytes": sizes[0]},
        "holds": smaller and share <= largest_share,
        "because": (
            f"with 8 bits the file has {sizes[1]:,} bytes, {'down' if smaller else 'up'} from {sizes[0]:,}; "
            f"{changed} of {len(X_test)} test rows ({share:.2%}) are decided otherwise, "
            f"{'not more' if share <= largest_share else 'more'} than {largest_share:.2%}, and no probability moves by "
            f"more than {gap:.4f}"
        ),
    }


def answers(path: Path, X: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """What a file says of rows: classes, and their probabilities, of shape (n_rows, n_classes)."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    given = {}
    for described in session.get_inputs():
        column = X[[described.name]]
        if described.type == "tensor(string)":
            given[described.name] = column.astype(object).where(column.notna(), GAP).astype(str).to_numpy(dtype=object)
        else:
            given[described.name] = column.to_numpy(dtype=np.float32)
    classes, chances = session.run(["label", "probabilities"], given)
    return np.asarray(classes).ravel(), np.asarray(chances)


@contextlib.contextmanager
def _without_advice() -> Iterator[None]:
    """Quantising advises, by the logger of everybody, to prepare pictures first."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)
