"""The report: what `arclogs analyze --format json` prints and the only thing that views see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, ParamSpec, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from collections.abc import Callable

Severity = Literal["critical", "high", "medium", "low", "info"]
Confidence = Literal["confirmed", "likely", "possible"]
Kind = Literal["cause", "symptom"]
Risk = Literal["read-only", "mutating", "destructive"]

SEVERITIES: tuple[Severity, ...] = ("critical", "high", "medium", "low", "info")
CONFIDENCES: tuple[Confidence, ...] = ("confirmed", "likely", "possible")


class Frozen(BaseModel):
    """Base of everything in the report: immutable, no unknown fields.

    Validators and serializers are built when they are first used: printing the report needs none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


_Fields = ParamSpec("_Fields")
_Model = TypeVar("_Model", bound=Frozen)


def made(model: Callable[_Fields, _Model], *none: _Fields.args, **fields: _Fields.kwargs) -> _Model:
    """Put a model together from fields of the right types: mypy has checked them, pydantic does not.

    What comes from outside, such as a report that was kept, is read with `model_validate`.
    """
    return cast("type[_Model]", model).model_construct(None, **fields)


class RulePack(Frozen):
    """A folder of rules that was used."""

    name: str
    version: str


class Tool(Frozen):
    """The program and rule packs that made the report."""

    version: str
    rules: int
    rules_hash: str
    packs: tuple[RulePack, ...] = ()


class BundleInfo(Frozen):
    """The input as a whole."""

    name: str
    sha256: str = Field(
        description="Over member names and contents, sorted: the same for a tar, a zip and a folder "
        "that hold the same files. A single plain file has its own sha256."
    )
    bytes: int = Field(description="Decompressed bytes of all members that were read.")
    members: int
    records: int = Field(description="Log records, events and objects understood.")
    first_timestamp: str | None
    last_timestamp: str | None


class Reference(Frozen):
    url: str
    note: str = ""


Component = Literal["arc", "chart", "runner", "hook", "kubernetes"]


class KnownIssue(Frozen):
    """A bug of a released version."""

    id: str
    title: str
    component: Component = Field(
        description="arc is controller, listener and charts, which are released together; chart is "
        "the scale set chart alone."
    )
    affected_from: str | None = Field(default=None, description="The first version that has it.")
    affected_to: str = Field(description="The last version that is known to have it.")
    fixed: str | None = Field(default=None, description="The first without it; null: still open.")
    version: str | None = Field(
        default=None, description="An affected version that the bundle shows; null: none is known."
    )
    member: str | None = Field(default=None, description="Where the bundle shows that version.")
    line: int = 0
    rules: tuple[str, ...] = Field(description="Whose finding shows that the bug has struck.")
    references: tuple[Reference, ...] = ()


class Environment(Frozen):
    """Versions and names that the bundle shows; null is unknown."""

    controller_version: str | None = None
    chart_version: str | None = None
    runner_version: str | None = None
    hook_version: str | None = None
    container_mode: str | None = None
    kubernetes_version: str | None = None
    scale_sets: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    known_issues: tuple[KnownIssue, ...] = Field(
        default=(), description="Bugs of these versions of which the bundle shows no symptom."
    )


class Evidence(Frozen):
    """One line of the bundle that speaks for or against a finding."""

    member: str
    line: int
    text: str = Field(description="The original line, secrets replaced.")
    timestamp: str | None = None
    signal: str
    role: Literal["supports", "refutes", "context"] = "supports"
    says: str = Field(default="", description="What the line shows, in the rule author's words.")


class Step(Frozen):
    """One thing to do."""

    title: str
    command: str | None = None
    risk: Risk = "read-only"


class Collect(Frozen):
    """Evidence that would settle a question, and the command that gets it."""

    why: str
    command: str


class Rival(Frozen):
    """Another cause of the same symptom and why it is not the answer."""

    rule: str
    title: str
    why: str


class Finding(Frozen):
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
    entities: dict[str, str] = Field(default_factory=dict)
    count: int = Field(default=1, description="How many entities (pods, runners…) show it.")
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
    known_issues: tuple[KnownIssue, ...] = Field(
        default=(),
        description="Bugs that produce this, of a version that the bundle shows or that is unknown.",
    )


class Example(Frozen):
    member: str
    line: int
    text: str
    timestamp: str | None = None


class Unexplained(Frozen):
    """Error-level lines of one shape that no finding accounts for."""

    template: str
    count: int
    first_seen: str | None
    examples: tuple[Example, ...]


class NearMiss(Frozen):
    """A rule some of whose signals held."""

    rule: str
    title: str = ""
    held: int
    of: int
    missing: tuple[str, ...] = ()
    refuted_by: tuple[str, ...] = ()


class CoverageNote(Frozen):
    member: str
    code: str
    detail: str


class Silence(Frozen):
    """A time in which a log has no record: it was idle, it was cut, or a part was not collected."""

    first: str = Field(description="The record before it.")
    last: str = Field(description="The record after it.")
    seconds: int


class CoverageMember(Frozen):
    member: str
    parser: str
    records: int
    unparsed: int
    skipped: str | None = None
    first_timestamp: str | None = None
    last_timestamp: str | None = None
    gaps: tuple[Silence, ...] = Field(default=(), description="Silences of over ten minutes.")


class CoverageSource(Frozen):
    """The logs of one program, or the events, over all members."""

    source: str
    members: int
    records: int
    first_timestamp: str | None = None
    last_timestamp: str | None = None
    gaps: tuple[Silence, ...] = Field(default=(), description="Silences of over ten minutes.")


class Shortcoming(Frozen):
    """A doubt about how far what was collected reaches: nothing that reading it has lost."""

    kind: Literal["cut", "tail", "no-log", "no-container-log", "no-previous-log", "no-overlap"]
    about: str = Field(description="The member, pod or source that it concerns.")
    says: str
    command: str | None = Field(default=None, description="What would get the rest.")


class Missing(Frozen):
    """Something the bundle does not hold and a verdict would gain from."""

    what: str
    why_it_matters: str
    command: str


class Coverage(Frozen):
    complete: bool
    notes: tuple[CoverageNote, ...] = ()
    members: tuple[CoverageMember, ...] = ()
    missing: tuple[Missing, ...] = ()
    sources: tuple[CoverageSource, ...] = ()
    shortcomings: tuple[Shortcoming, ...] = ()


class Report(Frozen):
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
