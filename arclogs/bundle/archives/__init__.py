"""Archives: tar in all its dialects, and zip."""
