"""The data card (data_card.md) is to be written; see DatasetCard.from_template(...)."""

# write data_card.md here
DATA_CARD = "documents/data_card.md"
print(f"missing: {DATA_CARD}")
