import logging

import mlflow

# Naming a store records nothing.
mlflow.set_tracking_uri("sqlite:///mlruns.db")
logging.getLogger("loans").info("accuracy %.3f", 0.81)
