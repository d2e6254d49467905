"""Whatever carried a log to us, taken off its lines."""
