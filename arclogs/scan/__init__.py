r"""Reading large logs at the speed of decompression, without a different answer.

A log is mostly lines that no rule asks for, that are no errors and that change nothing in what the
parser knows: *dull* lines. They are found in whole chunks, by engines that look at megabytes at a time,
and never become records: they are counted, and placed in time, by the thousand. Every other line goes
through the parser of its format as always, with its true line number and with the dull line before it
where it may continue that one. What comes out is what a parser that reads every line gives.

    bytes → chunks → dull lines (`looks`) that nobody asks for (`marks`) → the others (`sift`) → parser

What is dull is defined per format in `layouts`, as a pattern. What of it has a fixed width (`beginning`)
or is the same in many lines (`likeness`) numpy tells of all lines of a chunk at once. Whatever has no
shape is read line by line.
"""

import os

# numpy's linear algebra, which nothing here uses, would start a thread for each core at its import.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
