"""One module a schema revision, oldest first; never edited once released."""
