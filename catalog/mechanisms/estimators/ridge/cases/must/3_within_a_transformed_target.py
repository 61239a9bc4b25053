import numpy as np
from sklearn.compose import TransformedTargetRegressor
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def model():
    ridge = make_pipeline(StandardScaler(), Ridge(alpha=0.1))
    return TransformedTargetRegressor(ridge, func=np.log1p, inverse_func=np.expm1)


if __name__ == "__main__":
    print(model())
