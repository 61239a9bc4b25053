from pathlib import Path

from loans.components.override_and_stop import refuse_if_stopped as may_predict


def predict(model, rows):
    may_predict(Path("records"))
    return model.predict(rows)


predict(None, [])
