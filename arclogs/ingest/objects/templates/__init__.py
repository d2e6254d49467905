"""Objects that differ in few values: one is parsed, the others are compared with it."""
