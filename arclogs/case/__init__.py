"""From what the parsers yield to a case: frames, object index, topology, facts, what was collected."""
