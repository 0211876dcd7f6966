"""A comparison as files: Markdown, CSV, Excel; all from the same records (`assistant.export.records`)."""
