import sys

from loans.audit import answer
from loans.components.replay_of_decisions import replay as again

print(again(sys.argv[1], None, "records", [], ["job"], answer))
