from loans.components import override_and_stop

print("no switch is read", override_and_stop.__name__)
