"""What people do to text when they paste it changes nothing of what is found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from arclogs.analyze import analyze

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parent.parent / "samples"
CAUSES = ("founding-with-accounts", "account-lacks-role", "policy-denies-pod")


def each_line(change: Callable[[int, str], str]) -> Callable[[str], str]:
    return lambda text: "\n".join(change(at, line) for at, line in enumerate(text.split("\n"), 1))


def broken(width: int) -> Callable[[str], str]:
    def parts(line: str) -> list[str]:
        return [line[at : at + width] for at in range(0, len(line) or 1, width)]

    return lambda text: "\n".join(part for line in text.split("\n") for part in parts(line))


PASTES: dict[str, Callable[[str], str]] = {
    "windows": lambda text: text.replace("\n", "\r\n"),
    "quoted": each_line(lambda _, line: f"> {line}"),
    "quoted twice": each_line(lambda _, line: f">> {line}"),
    "quoted without blanks": each_line(lambda _, line: f">{line}"),
    "numbers": each_line(lambda at, line: f"{at:6d}\t{line}"),
    "numbers and bars": each_line(lambda at, line: f"{at:4d} | {line}"),
    "padded": each_line(lambda _, line: line.ljust(160)),
    "blank lines between": lambda text: text.replace("\n", "\n\n"),
    "no-break spaces": lambda text: text.replace(" ", "\xa0"),
    "curly quotes": each_line(
        lambda _, line: line.replace(' "', " \u201c").replace('"', "\u201d").replace("'", "\u2019")
    ),
    "a page's source": lambda text: text.replace("&", "&amp;").replace('"', "&quot;"),
}


def first(path: Path) -> tuple[str, str]:
    found = analyze([path]).findings[0]
    return found.rule, found.confidence


@pytest.fixture(scope="module", params=CAUSES)
def sample(request: pytest.FixtureRequest) -> tuple[list[Path], tuple[str, str]]:
    folder = SAMPLES / request.param
    return sorted(path for path in folder.rglob("*") if path.is_file()), first(folder)


@pytest.mark.parametrize("change", PASTES.values(), ids=PASTES)
def test_what_happens_to_each_file(
    sample: tuple[list[Path], tuple[str, str]], change: Callable[[str], str], tmp_path: Path
) -> None:
    files, wanted = sample
    for number, file in enumerate(files):
        text = change(file.read_text(encoding="utf-8"))
        (tmp_path / f"paste-{number}.txt").write_text(text, encoding="utf-8", newline="")
    assert first(tmp_path) == wanted


@pytest.mark.parametrize("above", ["{}:\n\n", "**{}**\n\n", "### {}\n", "```\n$ cat {}\n"])
def test_one_text_with_all_files(
    sample: tuple[list[Path], tuple[str, str]], above: str, tmp_path: Path
) -> None:
    files, wanted = sample
    below = "```\n" if "```" in above else ""
    parts = [f"{above.format(file.name)}{file.read_text().rstrip()}\n{below}" for file in files]
    (tmp_path / "ticket.txt").write_text("Hello,\n\nour jobs fail.\n\n" + "\n".join(parts))
    assert first(tmp_path) == wanted


def test_logs_that_a_terminal_broke(
    sample: tuple[list[Path], tuple[str, str]], tmp_path: Path
) -> None:
    files, wanted = sample
    for number, file in enumerate(files):
        text = file.read_text(encoding="utf-8")
        logs = broken(120)(text) if text[:3].strip("[{").startswith("20") else text
        (tmp_path / f"paste-{number}.txt").write_text(logs, encoding="utf-8")
    assert first(tmp_path) == wanted
