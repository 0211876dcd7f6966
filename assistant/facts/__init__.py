"""A project's facts, out of what an officer wrote: labels, values, tables, running prose.

file → entries → labels and words → values with units → one sheet, each fact with its words
"""
