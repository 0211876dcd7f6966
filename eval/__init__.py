"""Measurements: they import us, nothing imports them."""
