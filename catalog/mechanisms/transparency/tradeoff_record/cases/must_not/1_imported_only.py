from lending.components import model_card, tradeoff_record  # noqa: F401

model_card.write(evidence={}, project={}, folder=None)
