"""Records and events as text, one presentation a file."""
