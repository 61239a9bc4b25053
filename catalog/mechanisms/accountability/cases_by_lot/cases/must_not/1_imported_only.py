from loans.components import cases_by_lot  # noqa: F401

answers = model.predict(X)
