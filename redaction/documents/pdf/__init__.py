"""PDF files: glyphs taken out of the drawing itself, boxes with tokens in their place."""
