"""Presentations of the objects of a bundle."""
