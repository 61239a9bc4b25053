from pathlib import Path

from loans.components import replay_of_decisions
from loans.oversee import answer

print(replay_of_decisions.replay("0123", None, Path("records"), ["age"], ["age"], answer))
