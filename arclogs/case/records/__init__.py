"""The records of a case: which are kept, and how."""
