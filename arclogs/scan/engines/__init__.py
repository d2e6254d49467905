"""What searches a chunk for the patterns of all rules at once."""
