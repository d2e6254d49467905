"""Reading and judging a bundle in a process of its own, and what the screens see of it."""
