"""What a question takes for granted, held against the clauses quoted: confirmed, corrected or passed over."""
