"""Output of `kubectl describe`."""
