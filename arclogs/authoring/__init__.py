"""Tools for those who write rules: explain, test, check, draft, format and document them.

Everything here works on rules and cases; nothing of it is needed to analyze a bundle.
"""
