"""What is known about the data, and what was fixed before training.

Measured when the project was made; the values here are its single source.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
EVIDENCE = ROOT / "evidence"
FIGURES = ROOT / "figures"
MODELS = ROOT / "models"
RECORDS = ROOT / "records"
DOCUMENTS = ROOT / "documents"

#: Every random choice starts from it.
SEED = 0

#: Column to predict.
TARGET = "released"
#: Its values that people hope for.
FAVOURABLE = ["Yes"]
#: What the codes 0, 1, ... of the predictions mean.
OUTCOMES = ["not Yes", "Yes"]
#: Codes of the outcomes that people hope for.
FAVOURABLE_CODES = [1]
#: How the file is written.
DELIMITER = ","
ENCODING = "utf-8"
#: Markers that mean a missing value; nothing else does.
MISSING = []
#: Columns that the model is given.
NUMERIC = ["year", "age", "checks"]
CATEGORICAL = ["colour", "sex", "employed", "citizen"]
#: What is measured, how, and the limits it is held against.
LIMITS = {
    "group_shares": {"reference": "", "smallest_ratio": 0.8, "minimum_count": 30, "confidence": 0.95},
    "accuracy_fairness_front": {
        "steps": 100,
        "smallest_gain": 0.01,
        "minimum_count": 30,
        "minimum_cases": 10,
        "draws": 1000,
        "confidence": 0.95,
    },
    "fairness_gate": {
        "criterion": "demographic_parity",
        "smallest_ratio": 0.8,
        "largest_difference": 0.1,
        "largest_precision_gap": 0.05,
        "smallest_balanced_accuracy": 0.55,
    },
    "worst_slice": {"largest_excess": 0.1, "depth": 3, "smallest_share": 0.05, "minimum_count": 50, "draws": 1000},
    "calibration": {"bins": 10, "largest_error": 0.05, "draws": 500},
    "noise_robustness": {"noise_share": 0.05, "swap_share": 0.05, "largest_drop": 0.03, "repeats": 5},
    "linear_shap_explanation": {"rows": 2000, "background": 2000},
}
#: Protected attributes: where they stand, and which values make a group.
PROTECTED = {
    "origin": {
        "column": "colour",
        "groups": {"Black": {"values": ["Black"]}, "White": {"values": ["White"]}},
        "other": None,
    },
    "sex": {"column": "sex", "groups": {"Female": {"values": ["Female"]}, "Male": {"values": ["Male"]}}, "other": None},
}
#: Column that says whose row it is; None if each row is somebody else's.
PERSON = None
#: Columns handed to the model: its inputs and the protected attributes.
INPUTS = ["year", "age", "checks", "colour", "sex", "employed", "citizen"]
#: Columns read from the file.
COLUMNS = ["year", "age", "checks", "colour", "sex", "employed", "citizen", "released"]
#: Values that occurred in text columns.
LEVELS = {"colour": ["Black", "White"], "sex": ["Female", "Male"], "employed": ["No", "Yes"], "citizen": ["No", "Yes"]}
#: Smallest and largest value of numeric columns.
RANGES = {"year": [1997.0, 2002.0], "age": [12.0, 66.0], "checks": [0.0, 6.0]}

#: What was chosen for this project and why, for the documents.
PROJECT: dict[str, Any] = json.loads((Path(__file__).parent / "project.json").read_text(encoding="utf-8"))
