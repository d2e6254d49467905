"""How far the collected logs and objects reach, and what is missing."""
