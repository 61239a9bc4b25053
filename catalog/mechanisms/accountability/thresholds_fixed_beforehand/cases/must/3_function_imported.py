from pathlib import Path

from loans.components.thresholds_fixed_beforehand import fix

print(fix({"gate": {"smallest_ratio": 0.8}}, Path("evidence"))["because"])
