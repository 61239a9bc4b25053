import sklearn.pipeline
from imblearn import over_sampling
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

steps = [("scale", StandardScaler())]
steps.append(("balance", over_sampling.RandomOverSampler(random_state=0)))
steps += [("model", LogisticRegression())]
model = sklearn.pipeline.Pipeline(steps=steps)  # finds: W001
