"""YAML parsed ahead, in processes that may die of it."""
