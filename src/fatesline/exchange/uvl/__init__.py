"""UVL, the Universal Variability Language."""

from __future__ import annotations

from fatesline.exchange.uvl.feature_lines import TYPE_KEY
from fatesline.exchange.uvl.reading import read, read_text
from fatesline.exchange.uvl.writing import written

__all__ = ["TYPE_KEY", "read", "read_text", "written"]
