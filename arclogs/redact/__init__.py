"""Secrets out of text, before the text leaves the program."""
