from rents.components.group_error_gate import decide
from rents.evaluation import by_group, performance


class Release:
    def allowed(self) -> bool:
        return decide(by_group(), performance(), largest_error_ratio=1.25)["holds"]


if not Release().allowed():
    raise SystemExit("held back")
