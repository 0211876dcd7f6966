"""Evidence to statements that quote it, without any model."""
