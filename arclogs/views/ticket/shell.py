r"""A long shell command over several lines, so that no mailer has to break it: `\` at their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterator

# A word of POSIX shell with what is quoted in it; a lone quote is a word that nothing can part.
_WORD = lazy_compile(r"""(?:\\.|'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"\\])+|\S.*""")
_OPTION = lazy_compile(r"-\w")
_COMMENT = lazy_compile(r"(?:^|\s)#")


def _words(command: str) -> Iterator[str]:
    """Yield the words; a short option stays with its value: `-n arc-runners`."""
    option = ""
    for word in _WORD.findall(command):
        if option and not word.startswith("-"):
            yield f"{option} {word}"
            option = ""
            continue
        if option:
            yield option
        option = word if _OPTION.fullmatch(word) else ""
        if not option:
            yield word
    if option:
        yield option


def continued(command: str, width: int) -> Iterator[str]:
    """Yield the lines of one command, parted between words; as it is if it fits or is a comment."""
    if len(command) <= width or _COMMENT.search(command):
        yield command
        return
    indent = command[: len(command) - len(command.lstrip())]
    line = ""
    for word in _words(command):
        if line and len(line) + len(word) + 3 > width:  # a space, the word, and ` \`
            yield f"{line} \\"
            line = f"{indent}  {word}"
        else:
            line = f"{line} {word}" if line else f"{indent}{word}"
    yield line
