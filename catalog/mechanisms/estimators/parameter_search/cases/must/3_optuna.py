import optuna
from sklearn.linear_model import Ridge
from sklearn.model_selection import cross_val_score

from rents.data import load

X, y = load()


def loss(trial):
    return cross_val_score(Ridge(trial.suggest_float("alpha", 1e-3, 1e3, log=True)), X, y).mean()


study = optuna.create_study(direction="maximize")
study.optimize(loss, n_trials=20)
