"""Lists of objects in JSON, read item by item."""
