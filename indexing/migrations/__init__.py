"""How the catalog's tables came to be, one revision a file in `versions`; run by `indexing.sqlite`."""
