from pathlib import Path

from credit.components.label_origins import check as origins_of
from credit.data import read


def allowed(path: Path) -> bool:
    return origins_of(path, read, "label_from", made_by_model="version 3")["holds"]


if not allowed(Path("loans.csv")):
    raise SystemExit("too many labels of our own")
