from sklearn.utils import resample

minority = resample(minority, replace=True, n_samples=len(majority), random_state=1)
