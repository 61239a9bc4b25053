from pathlib import Path

from lending import data
from lending.components import glass_box_explanation, skops_format

model = skops_format.load(Path("models/model.skops"))
evidence = glass_box_explanation.explain(model=model, X_test=data.test_rows(), figures=Path("figures"))
