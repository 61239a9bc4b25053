"""flamapy's measures of one model: ``python with_flamapy.py FILE SECONDS``, in flamapy's environment.

Its configurator finds what unit propagation finds; its sampler knows no pairs.
"""

from __future__ import annotations

import random
import sys

from flamapy.metamodels.bdd_metamodel.operations import BDDConfigurationsNumber
from flamapy.metamodels.bdd_metamodel.transformations import FmToBDD
from flamapy.metamodels.configurator_metamodel.solver.pysat_backend import PySATBackend
from flamapy.metamodels.fm_metamodel.transformations import FeatureIDEReader, UVLReader
from flamapy.metamodels.pysat_metamodel.operations import (
    PySATCoreFeatures,
    PySATDeadFeatures,
    PySATFalseOptionalFeatures,
)
from flamapy.metamodels.pysat_metamodel.transformations import FmToPysat
from measures import DECISIONS, tell, tell_quantiles, timed


def main(path: str, _: float) -> None:
    """Measure and print, line by line."""
    reader = FeatureIDEReader if path.endswith(".xml") else UVLReader
    spent, model = timed(lambda: reader(path).transform())
    tell("read", spent, f"{len(model.get_features())} features")
    spent, sat = timed(lambda: FmToPysat(model).transform())
    tell("encode", spent, f"{len(sat.get_all_clauses().clauses)} clauses")
    spent, (always, never) = timed(
        lambda: (PySATCoreFeatures().execute(sat).get_result(), PySATDeadFeatures().execute(sat).get_result())
    )
    tell("core+dead", spent, f"{len(always)}+{len(never)}")
    operation = PySATFalseOptionalFeatures()
    operation.feature_model = model
    spent, found = timed(lambda: operation.execute(sat).get_result())
    tell("false-optional", spent, str(len(found)))
    chance = random.Random(1)
    settled = {str(name) for name in (*always, *never)}
    open_names = [feature.name for feature in model.get_features() if feature.name not in settled]
    backend = PySATBackend(sat)
    asked = [{chance.choice(open_names): chance.random() < 0.5} for _ in range(DECISIONS)]
    tell_quantiles([timed(lambda decision=decision: backend.propagate(decision))[0] for decision in asked])
    spent, number = timed(lambda: BDDConfigurationsNumber().execute(FmToBDD(model).transform()).get_result())
    digits = str(int(number))
    tell("count", spent, digits if len(digits) < 7 else f"{digits[0]}.{digits[1:5]}e{len(digits) - 1}")


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
