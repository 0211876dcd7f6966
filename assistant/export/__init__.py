"""Word and Excel files in the form of GB/T 9704—2012, made from small frozen documents."""
