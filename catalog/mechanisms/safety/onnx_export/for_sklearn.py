"""The model as an ONNX file, which other programs run without Python, and a test that it answers alike.

An ONNX file is a graph of arithmetic without code of its own. It computes with numbers of 32 bits where scikit-learn
has 64, so a row at a threshold may be decided otherwise; how many are is counted. skl2onnx 1.20 confuses the columns of
an encoder that has both gaps and rare levels, so rare levels are merged by a node of their own before the encoder.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pandas as pd
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder

#: What the file is given for a gap in a column of texts, and what it calls rare levels; a gap in numbers is NaN.
GAP, _RARE = "\N{SYMBOL FOR NULL}", "\N{SYMBOL FOR SUBSTITUTE}"

#: Versions of the two sets of operations, read by onnxruntime from 1.14 on.
_OPSETS = {"": 18, "ai.onnx.ml": 3}


def export(
    model: Any,
    model_file: Path,
    X_test: pd.DataFrame,
    numeric: Sequence[str],
    categorical: Sequence[str],
    largest_share: float = 0.001,
) -> dict[str, Any]:
    """Write ``model.onnx`` beside the model and compare its answers with those of the model.

    Parameters
    ----------
    model : estimator
        Trained; a pipeline with the steps ``columns`` and ``estimator``, or something around one that answers alike.
    model_file : Path
        The model on disk.
    X_test : DataFrame of shape (n_rows, n_columns)
        Rows to compare on.
    numeric, categorical : sequence of str
        Columns of numbers, and columns of texts.
    largest_share : float
        Largest share of rows that may be answered otherwise.

    Returns
    -------
    dict
        Evidence. A class is answered otherwise if it is another class, a number if it differs by more than a thousandth
        of the spread of the predictions.
    """
    path = model_file.with_name("model.onnx")
    path.write_bytes(converted(model, numeric, categorical).SerializeToString())
    expected = np.asarray(model.predict(X_test))
    said, chances = answers(path, X_test, numeric, categorical)
    if np.issubdtype(expected.dtype, np.integer):
        differs = said != expected
    else:
        differs = np.abs(said - expected) > 0.001 * expected.std()
    share = float(differs.mean())
    holds = share <= largest_share
    measured = {
        "file": path.name,
        "bytes": path.stat().st_size,
        "rows": len(X_test),
        "answered_otherwise": int(differs.sum()),
        "share": round(share, 6),
    }
    if chances is not None and hasattr(model, "predict_proba"):
        gap = np.abs(chances - np.asarray(model.predict_proba(X_test), dtype=float)).max()
        measured["largest_difference_of_probabilities"] = round(float(gap), 6)
    return {
        "measured": measured,
        "threshold": {"share": largest_share},
        "holds": holds,
        "because": (
            f"{path.name}, {path.stat().st_size:,} bytes, answers {int(differs.sum())} of {len(X_test)} test rows "
            f"otherwise than the model ({share:.2%}), {'not more' if holds else 'more'} than {largest_share:.2%}"
        ),
    }


def converted(model: Any, numeric: Sequence[str], categorical: Sequence[str]) -> onnx.ModelProto:
    """The graph of a model; one input of shape (n_rows, 1) for each column, called like it.

    Raises
    ------
    ValueError
        If there is no pipeline of columns and estimator in the model.
    """
    while not hasattr(model, "named_steps"):
        if not hasattr(model, "estimator_"):
            raise ValueError(f"{type(model).__name__} holds no trained pipeline that could be converted")
        model = model.estimator_
    columns, merged = with_merged_levels(model.named_steps["columns"])
    estimator = model.named_steps["estimator"]
    inputs = [(column, FloatTensorType([None, 1])) for column in numeric]
    inputs += [(column, StringTensorType([None, 1])) for column in categorical]
    options = {id(estimator): {"zipmap": False}} if hasattr(estimator, "predict_proba") else None
    pipeline = Pipeline([("columns", columns), ("estimator", estimator)])
    graph = to_onnx(pipeline, initial_types=inputs, options=options, target_opset=_OPSETS)
    for place, (column, levels) in enumerate(merged.items()):
        _merge(graph.graph, column, levels, f"merged_levels_{place}")
    # skl2onnx states the lowest versions that its own nodes need.
    others = [stated for stated in graph.opset_import if stated.domain not in _OPSETS]
    del graph.opset_import[:]
    graph.opset_import.extend([*(onnx.helper.make_opsetid(*stated) for stated in _OPSETS.items()), *others])
    onnx.checker.check_model(graph)
    return graph


def with_merged_levels(columns: ColumnTransformer) -> tuple[ColumnTransformer, dict[str, dict[str, str]]]:
    """The same transformer for texts in which rare levels have one name; and, by column, the name of each level."""
    copied, merged = copy.copy(columns), {}
    copied.transformers_ = []
    for name, transformer, names in columns.transformers_:
        if isinstance(transformer, OneHotEncoder) and len(names):
            categories = []
            rare_levels = getattr(transformer, "infrequent_categories_", [None] * len(names))
            for column, levels, rare in zip(names, transformer.categories_, rare_levels, strict=True):
                renamed = {
                    _text(level): _RARE if rare is not None and _text(level) in set(map(_text, rare)) else _text(level)
                    for level in levels
                }
                merged[str(column)] = renamed
                # scikit-learn puts the column that rare levels share behind all others.
                kept = [level for level in dict.fromkeys(renamed.values()) if level != _RARE]
                categories.append(np.array(kept + [_RARE] * (_RARE in renamed.values()), dtype=object))
            rows = pd.DataFrame({column: [found[0]] for column, found in zip(names, categories, strict=True)})
            transformer = OneHotEncoder(categories=categories, handle_unknown="ignore", sparse_output=False).fit(rows)
        copied.transformers_.append((name, transformer, names))
    return copied, merged


def answers(
    path: Path, X: pd.DataFrame, numeric: Sequence[str], categorical: Sequence[str]
) -> tuple[np.ndarray, np.ndarray | None]:
    """What the file says of rows: classes or numbers, and the probabilities of classes where it has them."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    given = {column: X[[column]].to_numpy(dtype=np.float32) for column in numeric}
    given |= {
        column: X[[column]].astype(object).where(X[[column]].notna(), GAP).astype(str).to_numpy(dtype=object)
        for column in categorical
    }
    used = {described.name for described in session.get_inputs()}
    found = session.run(None, {name: values for name, values in given.items() if name in used})
    chances = found[1] if len(found) > 1 and session.get_outputs()[1].name == "probabilities" else None
    return np.asarray(found[0]).ravel(), chances


def _text(level: Any) -> str:
    return GAP if pd.isna(level) else str(level)


def _merge(graph: onnx.GraphProto, column: str, levels: dict[str, str], output: str) -> None:
    """Put a node before everything that reads a column; levels that training did not have become a gap in all."""
    for node in graph.node:
        node.input[:] = [output if name == column else name for name in node.input]
    node = onnx.helper.make_node(
        "LabelEncoder",
        [column],
        [output],
        name=output,
        domain="ai.onnx.ml",
        keys_strings=list(levels),
        values_strings=list(levels.values()),
        default_string="",
    )
    graph.node.insert(0, node)
