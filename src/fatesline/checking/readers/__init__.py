"""One file per kind of input file; the table of suffixes is in :mod:`fatesline.checking.facts`."""
