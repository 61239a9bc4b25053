"""The model card is written by skops.card.Card(model).save("model_card.md") in another repository."""

# TODO(#14): Card(model).save("model_card.md")
CARD = "docs/model_card.md"
print("see", CARD)
