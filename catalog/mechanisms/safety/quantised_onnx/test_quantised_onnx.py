from __future__ import annotations

import json

import numpy as np
import onnx
import onnxruntime
import pandas as pd
import pytest
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


def _rows(count=600):
    random = np.random.default_rng(0)
    X = pd.DataFrame({"age": random.normal(size=count), "job": random.choice(["cook", "nurse"], count)})
    X = X.astype({"job": object})
    X.iloc[::9, 1] = None
    return X, (X["age"] + (X["job"] == "cook") + random.normal(0, 0.3, count) > 0.5).astype(int)


def _written(folder, estimator):
    """A pipeline as the ONNX export writes it, with gaps in texts named."""
    X, y = _rows()
    named = X.fillna({"job": "\N{SYMBOL FOR NULL}"})
    levels = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    columns = ColumnTransformer([("numbers", "passthrough", ["age"]), ("levels", levels, ["job"])])
    model = Pipeline([("columns", columns), ("estimator", estimator)]).fit(named, y)
    inputs = [("age", FloatTensorType([None, 1])), ("job", StringTensorType([None, 1]))]
    options = {id(model[-1]): {"zipmap": False}}
    graph = to_onnx(model, initial_types=inputs, options=options, target_opset={"": 18, "ai.onnx.ml": 3})
    (folder / "model.onnx").write_bytes(graph.SerializeToString())
    return X, model.predict_proba(named)


def _large():
    return MLPClassifier((200, 200), max_iter=5, random_state=0)


def test_a_large_network_becomes_smaller_and_decides_nearly_alike(component, tmp_path):
    X, expected = _written(tmp_path, _large())

    found = component.quantise(tmp_path / "model.skops", X, largest_share=0.05)

    assert found["measured"]["bytes"] < 0.4 * found["measured"]["bytes_with_32_bits"]
    assert found["holds"] is True
    assert "MatMulInteger" in {node.op_type for node in onnx.load(tmp_path / "model.8_bits.onnx").graph.node}
    assert 0 < found["measured"]["largest_difference_of_probabilities"] < 0.05
    np.testing.assert_allclose(component.answers(tmp_path / "model.onnx", X)[1], expected, atol=1e-5)
    assert json.loads(json.dumps(found)) == found


def test_weights_are_rounded_to_256_steps_of_their_largest(component, tmp_path):
    X, _ = _written(tmp_path, _large())
    component.quantise(tmp_path / "model.skops", X)

    def arrays(name):
        return {one.name: onnx.numpy_helper.to_array(one) for one in onnx.load(tmp_path / name).graph.initializer}

    before, after = arrays("model.onnx"), arrays("model.8_bits.onnx")
    rounded = {name: found for name, found in after.items() if name.endswith("_quantized") and found.ndim == 2}
    assert len(rounded) == 3
    for name, found in rounded.items():
        full = before[name.removesuffix("_quantized")]
        step = np.abs(full).max() * 2 / 254
        np.testing.assert_allclose(found * step, full, atol=1.1 * step)


def test_changed_decisions_and_the_largest_move_are_those_counted_row_by_row(component, tmp_path):
    X, _ = _written(tmp_path, _large())
    measured = component.quantise(tmp_path / "model.skops", X)["measured"]

    classes, chances = [], []
    for name in ("model.onnx", "model.8_bits.onnx"):
        session = onnxruntime.InferenceSession(str(tmp_path / name), providers=["CPUExecutionProvider"])
        age = X[["age"]].to_numpy(dtype=np.float32)
        job = np.array([["\N{SYMBOL FOR NULL}" if pd.isna(level) else level] for level in X["job"]], dtype=object)
        said = session.run(None, {"age": age, "job": job})
        classes.append(said[0])
        chances.append(said[1])

    assert measured["decided_otherwise"] == sum(one != other for one, other in zip(*classes, strict=True))
    assert measured["share"] == pytest.approx(measured["decided_otherwise"] / len(X), abs=1e-6)
    largest = np.abs(chances[0] - chances[1]).max()
    assert measured["largest_difference_of_probabilities"] == pytest.approx(largest, abs=1e-6)


def test_a_share_beyond_the_limit_does_not_hold(component, tmp_path):
    X, _ = _written(tmp_path, _large())
    # Rows at the threshold, which any rounding may turn.
    chances = component.answers(tmp_path / "model.onnx", X)[1][:, 1]
    nearest = X.iloc[[np.abs(chances - 0.5).argmin()]]
    ages = np.linspace(nearest["age"].iloc[0] - 0.05, nearest["age"].iloc[0] + 0.05, 400)
    rows = pd.DataFrame({"age": ages, "job": nearest["job"].iloc[0]}).astype({"job": object})

    found = component.quantise(tmp_path / "model.skops", rows, largest_share=0.0)

    assert found["measured"]["decided_otherwise"] > 0
    assert found["holds"] is False


@pytest.mark.parametrize("estimator", [LogisticRegression(), MLPClassifier((5,), max_iter=5, random_state=0)])
def test_a_file_that_does_not_become_smaller_does_not_hold(component, tmp_path, estimator):
    X, _ = _written(tmp_path, estimator)

    found = component.quantise(tmp_path / "model.skops", X, largest_share=1.0)

    assert found["measured"]["bytes"] > found["measured"]["bytes_with_32_bits"]
    assert found["holds"] is False
    assert "up from" in found["because"]


def test_without_an_onnx_file_there_is_nothing_to_shorten(component, tmp_path):
    with pytest.raises(ValueError, match=r"model\.onnx is not there"):
        component.quantise(tmp_path / "model.skops", _rows()[0])
