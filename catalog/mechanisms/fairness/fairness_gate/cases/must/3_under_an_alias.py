import credit.components.fairness_gate as gate
from credit.evaluation import after, performance


def main():
    return 0 if gate.decide(after(), performance(), "equal_opportunity", largest_difference=0.05)["holds"] else 1


raise SystemExit(main())
