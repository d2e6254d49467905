"""What of the input was read, and what was lost on the way."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Code(StrEnum):
    """Reason a part of the input is missing, changed or doubtful."""

    LIMIT_STREAM = "limit.stream"
    LIMIT_BYTES_TOTAL = "limit.bytes_total"
    LIMIT_MEMBER_BYTES = "limit.member_bytes"
    LIMIT_MEMBERS = "limit.members"
    LIMIT_DEPTH = "limit.depth"
    LIMIT_RATIO = "limit.ratio"
    LIMIT_HEADER_BYTES = "limit.header_bytes"
    LIMIT_PATH_LEN = "limit.path_len"
    LIMIT_LINE_BYTES = "limit.line_bytes"
    LIMIT_LINES = "limit.lines"
    LIMIT_MATCHES = "limit.matches"
    LIMIT_TIME = "limit.time"
    LIMIT_MEMORY = "limit.memory"
    LIMIT_TMP = "limit.tmp"
    ARCHIVE_EMPTY = "archive.empty"
    ARCHIVE_TRUNCATED = "archive.truncated"
    ARCHIVE_BAD_HEADER = "archive.bad_header"
    ARCHIVE_CRC = "archive.crc"
    ARCHIVE_CORRUPT = "archive.corrupt"
    ARCHIVE_ENCRYPTED = "archive.encrypted"
    ARCHIVE_UNSUPPORTED = "archive.unsupported"
    ARCHIVE_TRAILING_DATA = "archive.trailing_data"
    MEMBER_UNSAFE_NAME = "member.unsafe_name"
    MEMBER_LINK_SKIPPED = "member.link_skipped"
    MEMBER_SPECIAL_SKIPPED = "member.special_skipped"
    MEMBER_DUPLICATE = "member.duplicate"
    TEXT_ENCODING_REPLACED = "text.encoding_replaced"
    TEXT_BINARY_SKIPPED = "text.binary_skipped"
    TEXT_NUL = "text.nul"
    TEXT_UNPARSED = "text.unparsed"
    YAML_SYNTAX = "yaml.syntax"
    YAML_TOO_DEEP = "yaml.too_deep"
    YAML_ALIAS_LIMIT = "yaml.alias_limit"
    JSON_SYNTAX = "json.syntax"
    JSON_TOO_DEEP = "json.too_deep"
    JSON_TRUNCATED = "json.truncated"
    DESCRIBE_TRUNCATED = "describe.truncated"
    CRI_PARTIAL_UNTERMINATED = "cri.partial_unterminated"
    TIME_NO_ZONE = "time.no_zone"
    TIME_NO_YEAR = "time.no_year"
    TIME_OUT_OF_RANGE = "time.out_of_range"
    TIME_UNORDERED = "time.unordered"
    RULE_TIMEOUT = "rule.timeout"
    RULE_ERROR = "rule.error"
    IO_PERMISSION = "io.permission"
    IO_CHANGED = "io.changed"
    IO_ERROR = "io.error"
    WORKER_CRASHED = "worker.crashed"
    READ_STOPPED = "read.stopped"
    KUBECTL_ERROR = "kubectl.error"

    @property
    def loses_evidence(self) -> bool:
        """Whether a note with this code makes the analysis incomplete (exit 3)."""
        return self not in _HARMLESS


_HARMLESS = frozenset(
    {
        Code.MEMBER_DUPLICATE,
        Code.TEXT_ENCODING_REPLACED,
        Code.TEXT_NUL,
        Code.TEXT_UNPARSED,  # counted and named; what stands there is kept as a record where it can be
        Code.TIME_NO_ZONE,
        Code.TIME_NO_YEAR,
        Code.TIME_OUT_OF_RANGE,
        Code.TIME_UNORDERED,
        Code.ARCHIVE_TRAILING_DATA,
        Code.LIMIT_MATCHES,  # every match is counted, only the kept examples are capped
        Code.KUBECTL_ERROR,  # the collector saw the error, nothing was lost on our side
    }
)


class Note(Struct, frozen=True, order=True):
    """One thing the reader should know about how far the input was covered."""

    member: str
    code: Code
    detail: str
    """What was lost and, where there is one, what to do about it: one clause, no final stop."""


class MemberCoverage(Struct, frozen=True):
    """How one member was read."""

    member: str
    parser: str
    records: int
    unparsed: int
    skipped: str | None = None
