"""The sentence: bundle → members → records → case → rules → findings → report."""

from __future__ import annotations

from contextlib import closing
from functools import cached_property, partial
from typing import TYPE_CHECKING, BinaryIO, Final

from msgspec import Struct, field
from msgspec.structs import replace

from arclogs.bundle import Bundle, Limits
from arclogs.bundle.ahead import ahead
from arclogs.bundle.member import Member
from arclogs.cache import NO_CACHE, Cache
from arclogs.case.case import Case, build_case
from arclogs.case.credentials import known_secrets
from arclogs.case.environment import environment
from arclogs.case.gather import Gathered, gather
from arclogs.errors import NothingToAnalyze
from arclogs.ingest.read import read_member
from arclogs.model.report import Report
from arclogs.readers.crew import Crew, errand_for
from arclogs.redact import redact_report
from arclogs.rules import RuleSet, load_rules
from arclogs.rules.files.known_issues import place_known_issues
from arclogs.rules.findings.about import about_bundle, about_tool, why_nothing
from arclogs.rules.findings.report import findings_of, near_misses_of
from arclogs.rules.findings.unexplained import unexplained
from arclogs.rules.judging.coverage import coverage
from arclogs.rules.judging.engine import Verdict, judge
from arclogs.rules.watch import probes, watch
from arclogs.scan.on_demand import EngineName, OnDemand
from arclogs.stopwatch import each, stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from arclogs.ingest.interface import Elided, Item
    from arclogs.model.coverage import MemberCoverage, Note
    from arclogs.model.record import Record
    from arclogs.readers.frames import Errand
    from arclogs.redact.known import Known
    from arclogs.stopwatch import Stopwatch


_LARGE_BYTES: Final = 32 * 1024 * 1024


class Options(Struct, frozen=True):
    """How to analyze. None of it changes while a run goes on."""

    rule_dirs: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)
    redact: bool = True
    on_bytes: Callable[[int, int | None], None] | None = None
    """Called with input bytes consumed and the total, where that is known: for a progress bar."""
    quick: bool = True
    """Count the dull lines of large logs instead of making records of them; the report is the same."""
    engine: EngineName | None = None
    """What searches large logs; None: the fastest that works here."""
    cache: Cache = NO_CACHE
    """Where rules and compiled patterns are kept between runs."""
    threads: bool = True
    """Unpack on a thread of its own."""
    readers: int = 0
    """Processes beside this one that read logs of a large bundle; the report is the same."""
    on_records: Callable[[Sequence[Record]], None] | None = None
    """Called with batches of records below error level, before most of them are forgotten."""
    on_item: Callable[[Record | Elided], None] | None = None
    """Called with every record, whatever its level, and with the dull runs that were counted."""
    after_member: Callable[[Gathered], None] | None = None
    """Called after each member with what was gathered so far, to be looked at."""
    stopped: Callable[[], bool] | None = None
    """Asked after every record; True ends the reading, and what was read is judged."""
    stopwatch: Stopwatch | None = None
    """Told where the time goes."""


class Investigation(Struct, frozen=True, dict=True):
    """A bundle, read and judged: all that a report or an explanation is made of."""

    bundle: Bundle
    rules: RuleSet
    gathered: Gathered
    case: Case
    verdict: Verdict

    @cached_property
    def secrets(self) -> Known:
        """Return what the bundle's objects show to be secret."""
        return known_secrets(self.gathered.evidence.observations)


def analyze(sources: Sequence[Path | BinaryIO], options: Options = Options()) -> Report:
    """Analyze bundles and return the report.

    Raise UsageError for a source that is not there, RuleError for a rule file that cannot be used,
    NothingToAnalyze where the input holds nothing readable.
    """
    found = investigate(load_rules(options.rule_dirs, options.cache), sources, options)
    report = report_of(found)
    return redacted(report, found) if options.redact else report


def report_of(found: Investigation) -> Report:
    """Return the report of an investigation, its texts as the bundle has them: not yet redacted."""
    seen, unseen = place_known_issues(
        found.rules.known_issues, findings_of(found.verdict), found.case.facts
    )
    return Report(
        arclogs=about_tool(found.rules),
        bundle=about_bundle(found.bundle, found.gathered, found.case),
        environment=environment(found.case).model_copy(update={"known_issues": unseen}),
        findings=seen,
        unexplained=tuple(unexplained(found.case, found.verdict)),
        near_misses=near_misses_of(found.verdict),
        coverage=coverage(found.gathered, found.verdict, found.case),
    )


def redacted(report: Report, found: Investigation) -> Report:
    """Return a report of an investigation without secrets, also those that only its objects tell."""
    return redact_report(report, found.secrets)


def investigate(
    rules: RuleSet, sources: Sequence[Path | BinaryIO], options: Options = Options()
) -> Investigation:
    """Read and judge bundles; raise as `analyze` does."""
    bundle = Bundle(sources, options.limits, options.on_bytes)
    clock = options.stopwatch
    with stage(clock, "parse and keep records"):
        gathered = _gather(rules, bundle, sources, options)
        if bundle.bytes_read > _LARGE_BYTES:
            from arclogs.allocator import give_back

            give_back()  # judging needs what reading has freed, but in other pieces
        case = build_case(gathered.evidence)
    if nothing := why_nothing(gathered):
        raise NothingToAnalyze(nothing)
    with stage(clock, "judge"):
        verdict = judge(rules, case, clock=clock)
    return Investigation(bundle, rules, gathered, case, verdict)


def _gather(
    rules: RuleSet, bundle: Bundle, sources: Sequence[Path | BinaryIO], options: Options
) -> Gathered:
    clock = options.stopwatch
    quick = (
        OnDemand(partial(probes, rules), options.engine, options.cache, clock)
        if options.quick and options.on_records is None
        else None
    )
    members = ahead(bundle) if options.threads and not bundle.small else bundle
    if clock is not None:
        members = _awaited(clock, members)
    with stage(clock, "prepare the filter"):
        wanted = watch(rules, options.on_records)

    def filtered(records: Sequence[Record]) -> Sequence[bool]:
        with stage(clock, "filter records"):
            return wanted(records)

    def gathered(read: Callable[[Member], Iterable[Item | MemberCoverage]] | None) -> Gathered:
        see, stopped, after = options.on_item, options.stopped, options.after_member
        return gather(members, filtered, see, stopped, quick, after, read)

    errand = _errand(sources, options) if quick is not None else None
    if errand is None:
        return gathered(None)
    with closing(Crew(partial(read_member, quick=quick), options.readers, errand)) as crew:
        return gathered(crew.read)


def _errand(sources: Sequence[Path | BinaryIO], options: Options) -> Errand | None:
    """Return what readers are to be told, or None: what they read cannot be looked at on the way."""
    seen = options.on_item or options.after_member or options.stopped or options.stopwatch
    if not options.readers or seen:
        return None
    return errand_for(sources, options.limits, options.rule_dirs, options.cache, options.engine)


def _awaited(clock: Stopwatch, members: Iterable[Member | Note]) -> Iterator[Member | Note]:
    """Yield members; the time until they and their bytes are unpacked is counted."""
    name = "wait for unpacking"
    for item in each(clock, name, members):
        if isinstance(item, Member):
            yield replace(item, chunks=each(clock, name, item.chunks))
        else:
            yield item
