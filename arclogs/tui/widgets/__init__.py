"""Widgets: they render models and post messages, nothing else. One file each."""
