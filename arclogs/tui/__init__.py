"""The terminal UI: from a ticket to the proof. Only this package imports textual."""
