"""The gate of a car park; group_error_gate.decide(after, performance) is another."""

from parking.components import group_gate


def open_for(cars):
    return group_gate.decide(cars)


print(open_for(["AB 123"]))
