"""What a question asks: its places, documents, clauses, day, kind and content words."""
