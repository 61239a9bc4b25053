import json

from joblib import Memory, Parallel, delayed

memory = Memory("cache")
totals = Parallel(n_jobs=2)(delayed(sum)([n, n]) for n in range(3))
with open("totals.json", "w") as file:
    json.dump(totals, file)
