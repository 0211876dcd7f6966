"""Doorways: the command line and the page."""
