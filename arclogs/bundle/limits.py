"""How much a bundle may cost, whatever it claims to hold."""

from __future__ import annotations

from msgspec import Struct

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30


class Limits(Struct, frozen=True):
    """Bounds on what is read of one bundle; whatever hits one is cut and noted.

    All sizes are bytes that were really read or unpacked: declared sizes and ratios are the
    archive's word and bind nobody.
    """

    total_bytes: int = 16 * GIB
    """Read from disk and unpacked, over all layers, what is skipped included."""
    member_bytes: int = 2 * GIB
    """Of one member; the head is kept."""
    members: int = 200_000
    """Entries of every kind, directories and links included."""
    names_bytes: int = 64 * MIB
    """Of all names and link targets together, since these must be kept."""
    header_bytes: int = 1 * MIB
    """Of one extended header (pax record, GNU long name, gzip comment)."""
    path_bytes: int = 4096
    path_parts: int = 128
    nesting: int = 4
    """Archives inside archives: the number of `!/` that a member name may hold."""
    ratio: int = 10_000
    """A compressed stream is given up when it has made more than `member_bytes` at a higher ratio.
    Gzip cannot exceed 1 032, real logs stay below 100; bzip2 reaches 1 290 000."""
    spool_bytes: int = 64 * MIB
    """Memory for a zip that cannot be read in place: one in a stream or inside another archive."""
    mail_bytes: int = 64 * MIB
    """Of one mail with its attachments, which is kept in memory."""
    decoder_bytes: int = 128 * MIB
    """Memory that an xz or zstd stream may ask its decoder for."""
