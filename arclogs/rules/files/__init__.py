"""Rule files: found, read, checked, and kept for the next run."""
