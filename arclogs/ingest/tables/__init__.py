"""Output of `kubectl get`: tables of objects and of events."""
