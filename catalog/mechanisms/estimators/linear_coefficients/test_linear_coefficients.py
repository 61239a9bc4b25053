from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import Lasso, LogisticRegression, Ridge
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler


@pytest.fixture
def people() -> pd.DataFrame:
    random = np.random.default_rng(0)
    return pd.DataFrame(
        {
            "age": random.integers(18, 81, 200).astype(float),
            "job": random.choice(["clerk", "nurse"], 200),
            "shoe": random.normal(size=200),
        }
    )


@pytest.fixture
def score(people) -> pd.Series:
    return people["age"] / 10 + 2 * (people["job"] == "nurse") + np.random.default_rng(1).normal(0, 0.1, len(people))


def pipeline(estimator) -> Pipeline:
    levels = OneHotEncoder(sparse_output=False)
    columns = ColumnTransformer([("numbers", StandardScaler(), ["age", "shoe"]), ("levels", levels, ["job"])])
    return Pipeline([("columns", columns), ("estimator", estimator)])


def _columns(measured) -> list[str]:
    return [one["column"] for one in measured["coefficients"]]


def test_coefficients_left_and_columns_without_effect_are_all_prepared_columns(component, people, score, tmp_path):
    model = pipeline(Lasso(alpha=0.2)).fit(people, score)

    found = component.explain(model, tmp_path)["measured"]

    assert "numbers__shoe" in found["without_effect"]
    assert found["left"] == len(found["coefficients"]) == np.count_nonzero(np.abs(model[-1].coef_) > 1e-6)
    assert {*_columns(found), *found["without_effect"]} == set(model[:-1].get_feature_names_out())


def test_what_is_written_gives_the_predictions_back(component, people, score, tmp_path):
    model = pipeline(Lasso(alpha=0.2)).fit(people, score)

    found = component.explain(model, tmp_path)["measured"]

    prepared = pd.DataFrame(model[:-1].transform(people), columns=model[:-1].get_feature_names_out())
    added_up = sum(one["values"][0] * prepared[one["column"]] for one in found["coefficients"])
    np.testing.assert_allclose(added_up + found["intercept"][0], model.predict(people), atol=1e-4)


def test_the_largest_comes_first_and_the_picture_is_drawn(component, people, score, tmp_path):
    evidence = component.explain(pipeline(Ridge()).fit(people, score), tmp_path / "new")

    sizes = [abs(one["values"][0]) for one in evidence["measured"]["coefficients"]]
    assert sizes == sorted(sizes, reverse=True)
    assert evidence["holds"] is True
    assert "numbers__age" in evidence["because"]
    assert (tmp_path / "new" / "linear_coefficients.png").stat().st_size > 5000
    assert json.loads(json.dumps(evidence)) == evidence


def test_a_model_that_nothing_is_left_of_does_not_hold(component, people, score, tmp_path):
    evidence = component.explain(pipeline(Lasso(alpha=1000)).fit(people, score), tmp_path)

    assert evidence["holds"] is False
    assert evidence["measured"]["left"] == 0
    assert "same of every row" in evidence["because"]


def test_a_column_is_left_when_one_of_several_classes_has_a_coefficient(component, people, score, tmp_path):
    model = pipeline(LogisticRegression(penalty="l1", solver="saga", C=0.05, max_iter=5000, random_state=0))
    model.fit(people, np.digitize(score, [4, 6]))

    measured = component.explain(model, tmp_path)["measured"]

    assert measured["left"] == np.count_nonzero(model[-1].coef_.any(axis=0))
    assert all(len(one["values"]) == 3 for one in measured["coefficients"])


def test_what_rounding_leaves_over_is_no_coefficient(component, people, score, tmp_path):
    model = pipeline(Ridge()).fit(people, score)
    model[-1].coef_ = np.array([2.0, 1e-17, 0.0, 1e-3])

    measured = component.explain(model, tmp_path)["measured"]

    assert measured["left"] == 2
    assert measured["without_effect"] == ["numbers__shoe", "levels__job_clerk"]


def test_the_pipeline_is_found_inside_wrappers_and_mixtures(component, people, score):
    first, second, unused = (pipeline(Ridge(alpha=a)).fit(people, score) for a in (0.1, 1.0, 10.0))
    mixture = SimpleNamespace(predictors_=[first, unused, second], weights_=[0.3, 0.0, 0.7])

    wrapped = SimpleNamespace(estimator_=SimpleNamespace(estimator_=first))

    assert component.linear_pipelines(wrapped) == [first]
    assert component.linear_pipelines(SimpleNamespace(reduction_=mixture)) == [first, second]


def test_columns_that_a_step_gives_no_names_are_numbered(component, people, score, tmp_path):
    plain = Pipeline(
        [("columns", FunctionTransformer(lambda X: X[["age", "shoe"]].to_numpy())), ("estimator", Ridge())]
    )

    evidence = component.explain(plain.fit(people, score), tmp_path)

    assert set(_columns(evidence["measured"])) == {"prepared column 1", "prepared column 2"}


def test_a_model_without_coefficients_is_refused(component, people, score, tmp_path):
    forest = pipeline(RandomForestClassifier(random_state=0)).fit(people, score > 5)

    with pytest.raises(ValueError, match="RandomForestClassifier is no linear model"):
        component.explain(forest, tmp_path)
    with pytest.raises(ValueError, match="no pipeline"):
        component.explain(SimpleNamespace(), tmp_path)
