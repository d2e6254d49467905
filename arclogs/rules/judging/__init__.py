"""All rules against a case: which causes hold, for whom, and which of them rule others out."""
