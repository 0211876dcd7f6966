"""Documents become clauses, clauses become a catalog and its indexes."""
