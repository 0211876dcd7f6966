"""What differs between two clauses, two versions of a document, or two documents, character by character.

sides named by a user → clauses matched (wording, likeness, path) → pieces kept, taken out, put in
"""
