import logging  # noqa: F401

print('trained')
