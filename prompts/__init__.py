"""Wording shown to users, as text files with checked placeholders."""
