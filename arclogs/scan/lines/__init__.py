"""The lines of a chunk, all looked at in one go: how they begin, which are alike, their times."""
