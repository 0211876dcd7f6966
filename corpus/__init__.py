"""Policy texts as received, and a manifest of where they come from. Data only; no code."""
