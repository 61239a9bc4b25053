from joblib import Parallel, delayed

Parallel(n_jobs=2)(delayed(abs)(one) for one in range(3))
