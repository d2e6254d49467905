"""Documents and lists of objects in YAML, read item by item."""
