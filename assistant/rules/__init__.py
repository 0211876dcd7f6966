"""Facts held against the rules of their place, the rules being reviewed data."""
