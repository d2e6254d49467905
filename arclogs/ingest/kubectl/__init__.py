"""What kubectl says besides objects: facts, errors, progress."""
