"""How the shipped encoder was made; nothing here runs when a question is asked."""
