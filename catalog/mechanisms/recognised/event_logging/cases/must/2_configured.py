import logging

logging.basicConfig(level=logging.INFO, filename='run.log')
