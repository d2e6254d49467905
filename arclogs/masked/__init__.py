"""A masked copy of a bundle, to be given to others."""

from arclogs.masked.copy import mask_bundle
from arclogs.masked.masking import Masking

__all__ = ["Masking", "mask_bundle"]
