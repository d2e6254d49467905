"""A report to a line of the queue: the known issue is the one of the version that is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from arclogs.model.report import Finding, KnownIssue, Missing, Reference, Report
from arclogs.triage.judge import row_of
from arclogs.triage.run import queue
from arclogs.views.triage import render_csv, render_markdown, render_table

DATA = Path(__file__).parents[1] / "views" / "data"
TOLD = "https://github.com/actions/actions-runner-controller/issues/1"


def bug(number: int, version: str | None) -> KnownIssue:
    return KnownIssue(
        id=f"bug-{number}", title=f"Bug {number} | of <b>", component="arc", affected_to="0.12.1",
        fixed="0.13.0", version=version, rules=("x",),
        references=(Reference(url=f"https://github.com/actions/x/issues/{number}"),),
    )  # fmt: skip


def report(bugs: tuple[KnownIssue, ...], links: tuple[str, ...] = (TOLD,)) -> Report:
    whole = Report.model_validate_json((DATA / "confirmed.json").read_text())
    update = {"known_issues": bugs, "references": tuple(Reference(url=url) for url in links)}
    found: Finding = whole.findings[0].model_copy(update=update)
    return whole.model_copy(update={"findings": (found, *whole.findings[1:])})


@pytest.mark.parametrize(
    ("bugs", "links", "url"),
    [
        ((bug(7, None), bug(8, "0.12.0")), (TOLD,), "https://github.com/actions/x/issues/8"),
        ((bug(7, None),), (TOLD,), "https://github.com/actions/x/issues/7"),
        ((), (TOLD,), TOLD),
        ((), ("https://docs.github.com/x",), None),
    ],
    ids=["of this version", "of a version unknown", "an issue of the cause", "no issue"],
)
def test_known_issue(bugs: tuple[KnownIssue, ...], links: tuple[str, ...], url: str | None) -> None:
    row = row_of("t", report(bugs, links))
    assert (row.known_issue.url if row.known_issue else None) == url
    assert row.known_bugs == bugs


def test_every_form_of_the_queue_shows_it() -> None:
    rows = [row_of("one.eml", report((bug(8, "0.12.0"),))), row_of("two.tgz", report(()))]
    found = queue(rows)
    table = render_table(found, 200)
    assert "Known issues\n  https://github.com/actions/x/issues/8  one.eml\n    Bug 8" in table
    assert "ARC up to 0.12.1, fixed in 0.13.0; here 0.12.0" in table
    assert f"  {TOLD}  two.tgz\n" in table
    assert "https://github.com/actions/x/issues/8" in render_csv(found)
    markdown = render_markdown(found)
    assert "- `https://github.com/actions/x/issues/8`: `one.eml`: Bug 8" in markdown
    assert "<b>" not in MarkdownIt("gfm-like").render(markdown)


def test_reply_names_what_is_asked_for_and_what_could_not_be_read() -> None:
    partial = Report.model_validate_json((DATA / "partial.json").read_text())
    wanted = Missing(what="events", why_it_matters="they expire", command="kubectl get events")
    cover = partial.coverage.model_copy(update={"missing": (wanted,)})
    unread = partial.model_copy(update={"findings": (), "coverage": cover})
    lost = (
        "Not all of what you sent could be read; please send these again:\n\n"
        "- acme-prod-bundle.tar.gz: the gzip stream ends early, 5 files were read; "
        "collect the bundle again\n"
    )
    row = row_of("t", unread.model_copy(update={"unexplained": ()}))
    assert "not all of it could be read" in render_table(queue([row]), 100)
    text = row.reply
    assert text.startswith(lost)
    assert "1. Events: they expire\n   kubectl get events\n" in text
    assert "controller.log" not in text  # three bytes that are not UTF-8 are no loss
    assert row_of("t", partial.model_copy(update={"findings": ()})).reply.startswith(lost)


def test_nothing_is_asked_where_the_cause_is_sure() -> None:
    cover = Report.model_validate_json((DATA / "partial.json").read_text()).coverage
    assert not row_of("t", report(()).model_copy(update={"coverage": cover})).reply
