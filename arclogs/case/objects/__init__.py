"""The objects of a case: found by kind, name and what they say."""
