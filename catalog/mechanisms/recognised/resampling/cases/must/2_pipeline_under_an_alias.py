from imblearn.pipeline import Pipeline as Steps
from imblearn.under_sampling import RandomUnderSampler

model = Steps([('less', RandomUnderSampler()), ('model', estimator)])
