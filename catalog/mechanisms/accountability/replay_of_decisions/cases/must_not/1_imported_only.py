from loans.components import replay_of_decisions

print("nothing is replayed", replay_of_decisions.__name__)
