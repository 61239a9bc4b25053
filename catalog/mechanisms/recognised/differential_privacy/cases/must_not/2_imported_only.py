import opacus  # noqa: F401

optimiser.step()
