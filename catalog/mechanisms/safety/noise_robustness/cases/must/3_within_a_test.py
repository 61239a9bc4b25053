import pytest
from shop.components import noise_robustness as noise
from shop.testing import model, quality, rows


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_small_errors_do_little(seed):
    X, y = rows()
    assert noise.measure(model(), X, y, ["age"], ["job"], quality, seed)["holds"]
