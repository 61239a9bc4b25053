from pathlib import Path

from model import trained
from skops import card

text = card.Card(trained(), metadata=card.metadata_from_config(Path("config")))
text.save("README.md")
