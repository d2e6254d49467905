from __future__ import annotations

from arclogs.model.report import (
    BundleInfo,
    Coverage,
    Environment,
    Evidence,
    Example,
    Finding,
    Report,
    Tool,
    Unexplained,
)
from arclogs.redact.report import redact_report

TOKEN = "ghs_" + "a1B2" * 20


def report(text: str) -> Report:
    """Return a report that holds the text in every free field."""
    evidence = Evidence(member=f"logs/{text}.log", line=1, text=text, signal="s", says=text)
    finding = Finding(
        rank=1,
        rule="r",
        kind="cause",
        title=text,
        area="a",
        severity="high",
        confidence="likely",
        summary=f"first\n{text}\nlast",
        entities={"pod": text},
        evidence=(evidence,),
    )
    example = Example(member="m", line=1, text=text)
    return Report(
        arclogs=Tool(version="0", rules=1, rules_hash="0f" * 32),
        bundle=BundleInfo(
            name=text,
            sha256="ab" * 32,
            bytes=1,
            members=1,
            records=1,
            first_timestamp=None,
            last_timestamp=None,
        ),
        environment=Environment(scale_sets=(text,)),
        findings=(finding,),
        unexplained=(Unexplained(template=text, count=1, first_seen=None, examples=(example,)),),
        coverage=Coverage(complete=True),
    )


def test_no_field_lets_a_secret_through() -> None:
    before = report(f"clone with {TOKEN} failed")
    after = redact_report(before)
    assert TOKEN not in after.model_dump_json()
    assert after.findings[0].evidence[0].text == "clone with <github-token> failed"
    assert after.findings[0].summary == "first\nclone with <github-token> failed\nlast"
    assert after.bundle.sha256 == before.bundle.sha256


def test_a_report_without_secrets_stays() -> None:
    before = report("pod arc-runners-x7k2p failed: token expired")
    assert redact_report(before) == before
