"""What ordinary lines of each program look like."""
