"""Logs of the runner, the hook, the controller, the listener and what runs beside them."""
