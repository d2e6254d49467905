r"""Processes beside the one that analyzes, each of which reads some of a large bundle's logs for it.

    analyzing   a.log ─────── b.log ─────── (c.log) e.log ──────── (d.log) …      ( ): another's items
    a reader    ······· c.log ─────────── d.log ──────── ······· g.log            ·: unpacked, not read

Each process unpacks the bundle by itself. A reader runs ahead and claims a log that the first process
will not reach before it is read; the first takes the items when it comes there, in the order in which
it would have read them, so that a report is the same whoever read what. A reader brings all of a member
or nothing: what it does not bring, because it died or met what it cannot send, the first process reads.
"""
