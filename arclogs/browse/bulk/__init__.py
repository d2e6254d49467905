r"""Rows of dull lines, thousands at a time: what the exact reader would make of each, without making it.

    lines of one shape → cut into columns (`cut`) → what varies little read once (`templates`) → a frame

`arclogs.scan` tells which lines are dull: each is one record of one line, of a source, pod and place in
the job that a record before it shows. Only its text, level, logger and fields are its own.
"""
