"""The report: what `arclogs analyze --format json` prints and the only thing that views see."""

from __future__ import annotations

from typing import Literal

from msgspec import field

from arclogs.model.frozen import Frozen

Severity = Literal["critical", "high", "medium", "low", "info"]
Confidence = Literal["confirmed", "likely", "possible"]
Kind = Literal["cause", "symptom"]
Risk = Literal["read-only", "mutating", "destructive"]

SEVERITIES: tuple[Severity, ...] = ("critical", "high", "medium", "low", "info")
CONFIDENCES: tuple[Confidence, ...] = ("confirmed", "likely", "possible")


class RulePack(Frozen, frozen=True, kw_only=True):
    """A folder of rules that was used."""

    name: str
    version: str


class Tool(Frozen, frozen=True, kw_only=True):
    """The program and rule packs that made the report."""

    version: str
    rules: int
    rules_hash: str
    packs: tuple[RulePack, ...] = ()


class BundleInfo(Frozen, frozen=True, kw_only=True):
    """The input as a whole."""

    name: str
    sha256: str
    """Over member names and contents, sorted: the same for a tar, a zip and a folder that hold the
    same files. A single plain file has its own sha256."""
    bytes: int
    """Decompressed bytes of all members that were read."""
    members: int
    records: int
    """Log records, events and objects understood."""
    first_timestamp: str | None
    last_timestamp: str | None


class Reference(Frozen, frozen=True, kw_only=True):
    url: str
    note: str = ""


Component = Literal["arc", "chart", "runner", "hook", "kubernetes"]


class KnownIssue(Frozen, frozen=True, kw_only=True):
    """A bug of a released version."""

    id: str
    title: str
    component: Component
    """arc is controller, listener and charts, which are released together; chart is the scale set
    chart alone."""
    affected_from: str | None = None
    """The first version that has it."""
    affected_to: str
    """The last version that is known to have it."""
    fixed: str | None = None
    """The first without it; null: still open."""
    version: str | None = None
    """An affected version that the bundle shows; null: none is known."""
    member: str | None = None
    """Where the bundle shows that version."""
    line: int = 0
    rules: tuple[str, ...]
    """Whose finding shows that the bug has struck."""
    references: tuple[Reference, ...] = ()


class Environment(Frozen, frozen=True, kw_only=True):
    """Versions and names that the bundle shows; null is unknown."""

    controller_version: str | None = None
    chart_version: str | None = None
    runner_version: str | None = None
    hook_version: str | None = None
    container_mode: str | None = None
    kubernetes_version: str | None = None
    scale_sets: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    known_issues: tuple[KnownIssue, ...] = ()
    """Bugs of these versions of which the bundle shows no symptom."""


class Evidence(Frozen, frozen=True, kw_only=True):
    """One line of the bundle that speaks for or against a finding."""

    member: str
    line: int
    text: str
    """The original line, secrets replaced."""
    timestamp: str | None = None
    signal: str
    role: Literal["supports", "refutes", "context"] = "supports"
    says: str = ""
    """What the line shows, in the rule author's words."""


class Step(Frozen, frozen=True, kw_only=True):
    """One thing to do."""

    title: str
    command: str | None = None
    risk: Risk = "read-only"


class Collect(Frozen, frozen=True, kw_only=True):
    """Evidence that would settle a question, and the command that gets it."""

    why: str
    command: str


class Rival(Frozen, frozen=True, kw_only=True):
    """Another cause of the same symptom and why it is not the answer."""

    rule: str
    title: str
    why: str


class Finding(Frozen, frozen=True, kw_only=True):
    """A cause or a symptom that the bundle shows."""

    rank: int
    rule: str
    kind: Kind
    title: str
    area: str
    severity: Severity
    confidence: Confidence
    summary: str
    impact: str = ""
    entities: dict[str, str] = field(default_factory=dict)
    count: int = 1
    """How many entities (pods, runners…) show it."""
    first_seen: str | None = None
    last_seen: str | None = None
    evidence: tuple[Evidence, ...] = ()
    explains: tuple[str, ...] = ()
    explained_by: str | None = None
    rivals: tuple[Rival, ...] = ()
    fix: tuple[Step, ...] = ()
    verify: tuple[Step, ...] = ()
    collect: tuple[Collect, ...] = ()
    references: tuple[Reference, ...] = ()
    known_issues: tuple[KnownIssue, ...] = ()
    """Bugs that produce this, of a version that the bundle shows or that is unknown."""


class Example(Frozen, frozen=True, kw_only=True):
    member: str
    line: int
    text: str
    timestamp: str | None = None


class Unexplained(Frozen, frozen=True, kw_only=True):
    """Error-level lines of one shape that no finding accounts for."""

    template: str
    count: int
    first_seen: str | None
    examples: tuple[Example, ...]


class NearMiss(Frozen, frozen=True, kw_only=True):
    """A rule some of whose signals held."""

    rule: str
    title: str = ""
    held: int
    of: int
    missing: tuple[str, ...] = ()
    refuted_by: tuple[str, ...] = ()


class CoverageNote(Frozen, frozen=True, kw_only=True):
    member: str
    code: str
    detail: str


class Silence(Frozen, frozen=True, kw_only=True):
    """A time in which a log has no record: it was idle, it was cut, or a part was not collected."""

    first: str
    """The record before it."""
    last: str
    """The record after it."""
    seconds: int


class CoverageMember(Frozen, frozen=True, kw_only=True):
    member: str
    parser: str
    records: int
    unparsed: int
    skipped: str | None = None
    first_timestamp: str | None = None
    last_timestamp: str | None = None
    gaps: tuple[Silence, ...] = ()
    """Silences of over ten minutes."""


class CoverageSource(Frozen, frozen=True, kw_only=True):
    """The logs of one program, or the events, over all members."""

    source: str
    members: int
    records: int
    first_timestamp: str | None = None
    last_timestamp: str | None = None
    gaps: tuple[Silence, ...] = ()
    """Silences of over ten minutes."""


class Shortcoming(Frozen, frozen=True, kw_only=True):
    """A doubt about how far what was collected reaches: nothing that reading it has lost."""

    kind: Literal[
        "cut", "tail", "no-log", "no-container-log", "no-previous-log", "no-overlap", "two-uids"
    ]
    about: str
    """The member, pod or source that it concerns."""
    says: str
    command: str | None = None
    """What would get the rest."""


class Missing(Frozen, frozen=True, kw_only=True):
    """Something the bundle does not hold and a verdict would gain from."""

    what: str
    why_it_matters: str
    command: str


class Coverage(Frozen, frozen=True, kw_only=True):
    complete: bool
    notes: tuple[CoverageNote, ...] = ()
    members: tuple[CoverageMember, ...] = ()
    missing: tuple[Missing, ...] = ()
    sources: tuple[CoverageSource, ...] = ()
    shortcomings: tuple[Shortcoming, ...] = ()


class Report(Frozen, frozen=True, kw_only=True):
    """The whole report. Fields may be added; none goes without a new `schema_version`."""

    schema_version: Literal["1"] = "1"
    arclogs: Tool
    bundle: BundleInfo
    environment: Environment
    findings: tuple[Finding, ...]
    unexplained: tuple[Unexplained, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    coverage: Coverage

    @property
    def answer(self) -> Finding | None:
        """Return the first cause, which is the answer, or None."""
        return next((f for f in self.findings if f.kind == "cause"), None)
