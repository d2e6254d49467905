"""What was judged, as findings of a report."""
