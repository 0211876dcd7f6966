"""Files → reading text with offsets, one module a format."""
