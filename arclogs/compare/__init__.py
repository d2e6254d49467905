"""Two bundles side by side: a good run against a bad one, before a change against after it."""
