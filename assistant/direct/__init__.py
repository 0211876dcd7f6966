"""The short first sentence of an answer: the figure, the day or the bodies asked for."""
