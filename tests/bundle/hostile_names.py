"""Names, links and kinds of entries that no one should trust."""

from __future__ import annotations

from arclogs.model.coverage import Code
from tests.bundle.containers import CANARY_NAME, CANARY_TAR, END, block, pax, record, stored
from tests.bundle.hostile_case import case


@case(Code.MEMBER_UNSAFE_NAME)
def tar_dotdot() -> bytes:
    return stored("../../etc/cron.d/x", b"x\n") + CANARY_TAR + stored("a/../../b", b"b\n") + END


@case(Code.MEMBER_UNSAFE_NAME)
def tar_absolute() -> bytes:
    names = ["/etc/passwd", "C:\\Windows\\x.log", "C:/x.log", "\\\\server\\share\\x.log"]
    return b"".join(stored(name, b"x\n") for name in names) + CANARY_TAR + END


@case(Code.MEMBER_LINK_SKIPPED)
def tar_symlink_absolute() -> bytes:
    return block("runner.log", b"2", target="/etc/passwd") + CANARY_TAR + END


@case(Code.MEMBER_LINK_SKIPPED)
def tar_symlink_directory_written_through() -> bytes:
    return block("d", b"2", target="/etc") + stored("d/x.log", b"x\n") + CANARY_TAR + END


@case(Code.MEMBER_LINK_SKIPPED)
def tar_link_loop() -> bytes:
    links = [
        ("a", b"2", "b"),
        ("b", b"2", "a"),
        ("c", b"1", "c"),
        ("d", b"1", "e"),
        ("e", b"1", "d"),
    ]
    return b"".join(block(name, kind, target=to) for name, kind, to in links) + CANARY_TAR + END


@case(Code.MEMBER_LINK_SKIPPED)
def tar_hardlink_out() -> bytes:
    return block("runner.log", b"1", target="/etc/shadow") + CANARY_TAR + END


@case(Code.MEMBER_DUPLICATE)
def tar_hardlink_in() -> bytes:
    return CANARY_TAR + block("again.log", b"1", target=f"./{CANARY_NAME}") + END


@case(Code.MEMBER_LINK_SKIPPED)
def tar_path_max() -> bytes:
    """CVE-2025-4517: long directories and symlinks to them, then a climb."""
    archive, path = b"", ""
    for step in "abcdefghijklmnop":
        path += step * 247 + "/"
        archive += pax(record("path", path)) + block(step, b"5")
        archive += pax(record("path", path + step) + record("linkpath", step * 247))
        archive += block(step, b"2")
    return archive + block("escape", b"2", target="a/" * 16 + "../" * 17) + CANARY_TAR + END


@case(Code.MEMBER_LINK_SKIPPED)
def tar_hardlink_to_symlink() -> bytes:
    links = block("a/b/up", b"2", target="../..") + block("up", b"1", target="a/b/up")
    return links + CANARY_TAR + END


@case(Code.MEMBER_UNSAFE_NAME)
def tar_empty_names() -> bytes:
    return block("", b"2", target="..") + stored("", b"x\n") + stored("./", b"") + CANARY_TAR + END


@case(Code.MEMBER_SPECIAL_SKIPPED)
def tar_special() -> bytes:
    kinds = [b"3", b"4", b"6", b"7", b"Z", b"z"]
    special = b"".join(block(f"{kind.decode()}.log", kind) for kind in kinds)
    return special + stored("with-data.log", b"acl\n", b"A") + CANARY_TAR + END


@case(Code.MEMBER_UNSAFE_NAME)
def tar_nasty_names() -> bytes:
    names = [b"\x1b[2J.log", b"a\nb.log", "\u202egol.exe".encode(), b"\xff\xfe.log", b"CON"]
    names += [b"x.log:ads", b"-rf.log", b"[/bold].log", b"=cmd()", "\U000e0041.log".encode()]
    return b"".join(stored(name, b"x\n") for name in names) + CANARY_TAR + END


@case(Code.MEMBER_DUPLICATE)
def tar_duplicate_names() -> bytes:
    return b"".join(stored("x.log", b"%d\n" % number) for number in range(3)) + CANARY_TAR + END


@case()
def tar_names_that_collide_elsewhere() -> bytes:
    names = ["A.log", "a.log", "a.log.", "\u00e9.log", "e\u0301.log"]
    return b"".join(stored(name, b"x\n") for name in names) + CANARY_TAR + END


@case(Code.LIMIT_PATH_LEN)
def tar_deep_path() -> bytes:
    return pax(record("path", "d/" * 1500 + "x.log")) + stored("x", b"x\n") + CANARY_TAR + END
