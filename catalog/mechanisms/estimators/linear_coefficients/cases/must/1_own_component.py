from pathlib import Path

from lending.components import linear_coefficients, skops_format

model = skops_format.load(Path("models/model.skops"))
evidence = linear_coefficients.explain(model=model, figures=Path("figures"))
