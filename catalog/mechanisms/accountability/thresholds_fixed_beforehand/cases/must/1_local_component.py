from pathlib import Path

from loans.components import thresholds_fixed_beforehand

thresholds_fixed_beforehand.fix({"gate": {"smallest_ratio": 0.8}}, Path("evidence"))
