"""Logs as log stores export them."""
