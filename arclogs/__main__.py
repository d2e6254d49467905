"""Run arclogs as ``python -m arclogs``."""

from arclogs.cli import main

if __name__ == "__main__":
    main()
