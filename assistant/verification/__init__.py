"""Statements held against what they quote, before anyone reads them."""
