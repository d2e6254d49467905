"""What a bundle holds, to be looked at: rows of records and events, filters, objects field by field."""
