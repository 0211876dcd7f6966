"""Topics × places: what each document says to a topic, side by side and beside the national text.

topics (data or free text) + columns → passages → figures → cells → relations, differences, summary
"""
