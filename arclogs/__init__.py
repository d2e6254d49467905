"""arclogs: offline log and event analyzer for GitHub's Actions Runner Controller."""

__version__ = "0.1.0"
