"""Documents written section by section from facts and clauses, each sentence held against the gates."""
