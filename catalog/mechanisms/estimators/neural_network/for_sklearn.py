"""Neural network with one hidden layer."""

from __future__ import annotations

from sklearn.neural_network import MLPClassifier


def estimator(seed: int, units: int = 50, penalty: float = 0.001, rounds: int = 200) -> MLPClassifier:
    """Multi-layer perceptron with one hidden layer of rectified units, not yet trained.

    Parameters
    ----------
    seed : int
        Of the first weights and of the order of rows.
    units : int
        Of the hidden layer.
    penalty : float
        Not negative; the larger, the closer the weights are kept to zero.
    rounds : int
        Passes over the training rows after which training ends at the latest. It ends before when a tenth of the rows,
        set aside, is predicted no better for ten passes.

    Returns
    -------
    MLPClassifier
        Takes dense scaled numbers without missing values; ``fit`` takes row weights.
    """
    return MLPClassifier(
        hidden_layer_sizes=(units,), alpha=penalty, max_iter=rounds, early_stopping=True, random_state=seed
    )
