"""How findings are mended: one file for each kind of fix, and the table of them in ``table``."""
