"""Each kind of question answered: of clauses, documents, several places, yes or no."""
