from pathlib import Path

from credit.components import skops_format
from credit.model import trained

skops_format.save(trained(), Path("models"))
