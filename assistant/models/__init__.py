"""A language model as the writer, held to the same citations."""
