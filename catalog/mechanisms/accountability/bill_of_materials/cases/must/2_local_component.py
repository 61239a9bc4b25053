from pathlib import Path

from loans.components import bill_of_materials as bill


def recorded(run, evidence, project, model):
    return bill.write(run, evidence, project, ["age"], "granted", model, Path("records"))


print(recorded({}, {}, {}, None)["because"])
