"""Floor 1: catalog folders -> Catalog. Knows no solver."""

from fatesline.catalog.catalog import Catalog, ConstraintEntry, Layer, Target
from fatesline.catalog.layers import load, read_catalog

__all__ = ["Catalog", "ConstraintEntry", "Layer", "Target", "load", "read_catalog"]
