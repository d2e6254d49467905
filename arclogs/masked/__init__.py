"""A masked copy of a bundle, to be given to others."""

from arclogs.masked.copy import Masking, mask_bundle

__all__ = ["Masking", "mask_bundle"]
