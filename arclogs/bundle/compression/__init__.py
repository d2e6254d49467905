"""Compressed streams, unpacked piece by piece."""
