"""What a rule can say: its schema, signals, templates, and the patterns in it."""
