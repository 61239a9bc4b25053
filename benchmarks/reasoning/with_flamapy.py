"""flamapy's measures of one model: ``python with_flamapy.py FILE SECONDS``, in flamapy's environment.

Its configurator finds what unit propagation finds; its conflicts name decisions, no rules.
"""

from __future__ import annotations

import signal
import sys
from itertools import islice

from flamapy.metamodels.bdd_metamodel.operations import BDDConfigurationsNumber
from flamapy.metamodels.bdd_metamodel.transformations import FmToBDD
from flamapy.metamodels.configuration_metamodel.models import Configuration
from flamapy.metamodels.configurator_metamodel.solver.pysat_backend import PySATBackend
from flamapy.metamodels.fm_metamodel.transformations import FeatureIDEReader, UVLReader
from flamapy.metamodels.pysat_diagnosis_metamodel.operations import PySATConflict, PySATDiagnosis
from flamapy.metamodels.pysat_diagnosis_metamodel.transformations import FmToDiagPysat
from flamapy.metamodels.pysat_metamodel.operations import (
    PySATCoreFeatures,
    PySATDeadFeatures,
    PySATFalseOptionalFeatures,
)
from flamapy.metamodels.pysat_metamodel.operations.pysat_twise_sampling import PySATTWiseSampling
from flamapy.metamodels.pysat_metamodel.transformations import FmToPysat
from measures import DECISIONS, MOST_PAIRED, apart, contradiction, decisions, digits, tell, tell_quantiles, timed
from pysat.solvers import Solver


def main(path: str, seconds: float) -> None:
    """Measure and print, line by line."""
    signal.alarm(int(seconds))
    sys.set_int_max_str_digits(100_000)
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
    settled = {str(name) for name in (*always, *never)}
    open_names = [feature.name for feature in model.get_features() if feature.name not in settled]
    backend = PySATBackend(sat)
    asked = [dict([one]) for one in islice(decisions(open_names), DECISIONS)]
    tell_quantiles([timed(lambda decision=decision: backend.propagate(decision))[0] for decision in asked])

    with Solver(name="glucose3", bootstrap_with=sat.get_all_clauses().clauses) as solver:
        number = {str(name): at for name, at in sat.variables.items()}
        _, after = contradiction(
            open_names,
            lambda some: solver.solve(
                assumptions=[number[name] if one else -number[name] for name, one in some.items()]
            ),
        )

    def diagnosed(row: str, operation: PySATConflict | PySATDiagnosis, what: str) -> None:
        operation.set_configuration(Configuration(dict(after)))
        _, prepared = timed(lambda: FmToDiagPysat(model).transform())
        spent, messages = timed(lambda: operation.execute(prepared).get_result())
        tell(row, spent, f"{messages[0].count('=')} of {len(after)}{what}")

    def conflict() -> None:
        operation = PySATConflict()
        operation.set_max_conflicts(1)
        diagnosed("conflict", operation, ", no rules")

    def repair() -> None:
        operation = PySATDiagnosis()
        operation.set_max_diagnoses(1)
        diagnosed("repair", operation, " given up")

    def paired() -> None:
        spent, sample = timed(lambda: PySATTWiseSampling(2).execute(sat).get_result())
        tell("pairwise", spent, f"{len(sample)} configurations", len(sample))

    def counted() -> None:
        spent, number = timed(lambda: BDDConfigurationsNumber().execute(FmToBDD(model).transform()).get_result())
        tell("count", spent, digits(int(number)), 1)

    for act in (conflict, repair, counted, *([paired] if len(model.get_features()) <= MOST_PAIRED else [])):
        apart(act, seconds)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
