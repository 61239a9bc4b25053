import logging

logging.getLogger('tensorflow').setLevel(logging.ERROR)
