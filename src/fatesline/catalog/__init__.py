"""Floor 1: catalog folders -> Catalog. Knows no solver."""
