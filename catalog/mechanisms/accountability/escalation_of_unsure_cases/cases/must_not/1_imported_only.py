from loans.components import escalation_of_unsure_cases

print("nothing waits", escalation_of_unsure_cases.__name__)
