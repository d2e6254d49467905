"""What a worker process does: rules once, then one ticket after the other."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from arclogs.analyze import Options, investigate, redacted, report_of
from arclogs.cache import user_cache
from arclogs.errors import ArclogsError, NothingToAnalyze
from arclogs.garbage import collect_rarely
from arclogs.rules import load_rules
from arclogs.triage.judge import row_of
from arclogs.triage.row import Row

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from arclogs.rules import RuleSet


def serve(connection: Connection, rule_dirs: tuple[Path, ...]) -> None:
    """Judge what comes until nothing comes any more; send one JSON text a ticket."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, who ends us
    collect_rarely()
    rules = load_rules(rule_dirs, user_cache())
    while True:
        try:
            name, path = connection.recv()
        except EOFError:
            return
        connection.send(judge(rules, name, path).model_dump_json())


def judge(rules: RuleSet, name: str, path: Path) -> Row:
    """Return the row of one ticket, whatever is wrong with it. Secrets are replaced."""
    try:
        found = investigate(rules, [path], Options())
        return row_of(name, redacted(report_of(found), found))
    except NothingToAnalyze as nothing:
        return Row(ticket=name, status="unreadable", problem=str(nothing))
    except ArclogsError as error:
        return Row(ticket=name, status="failed", problem=str(error))
    except Exception as error:
        return Row(
            ticket=name, status="failed", problem=f"bug in arclogs: {type(error).__name__}: {error}"
        )
