"""What is made, as files: Word in the form of GB/T 9704—2012, Excel, Markdown, CSV."""
