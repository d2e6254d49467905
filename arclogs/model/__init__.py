"""Nouns that cross package boundaries. Imports nothing else of arclogs."""
