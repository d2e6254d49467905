"""The page in a browser: quiet console, nothing asked of a network, keyboard, print, both themes."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from arclogs.views.interface import Audience
from tests.views.html.browser import CHROMIUM, Browser
from tests.views.html.pages import HOSTILE, page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
TAB, ENTER = ("Tab", 9), ("Enter", 13)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as found:
        yield found


def opened(browser: Browser, folder: Path, text: str) -> Browser:
    path = folder / "report.html"
    path.write_text(text)
    browser.open(path)
    return browser


@pytest.mark.parametrize("name", ["confirmed", "possible", "unknown", "healthy"])
def test_page_opens_quietly_and_asks_for_nothing(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    opened(browser, tmp_path, page(name))
    assert browser.complaints == []
    assert [url for url in browser.requests if not url.startswith("file:")] == []


def test_hostile_page_does_nothing(browser: Browser, tmp_path: Path) -> None:
    everything = "\n".join(HOSTILE.values())
    opened(browser, tmp_path, page("confirmed", everything))
    assert browser.complaints == []
    assert [url for url in browser.requests if not url.startswith("file:")] == []
    assert browser.evaluate("document.scripts.length + document.images.length") == 1


def test_commands_have_a_button_that_copies(browser: Browser, tmp_path: Path) -> None:
    opened(browser, tmp_path, page("confirmed"))
    blocks = browser.evaluate("document.querySelectorAll('pre.copy').length")
    assert browser.evaluate("document.querySelectorAll('pre.copy > button').length") == blocks > 2


def test_page_is_complete_without_script(browser: Browser, tmp_path: Path) -> None:
    text = page("confirmed")
    opened(browser, tmp_path, text)
    shown = browser.evaluate("document.querySelector('main').textContent")
    bare = text[: text.index("<script>")] + text[text.index("</script>") + 9 :]
    opened(browser, tmp_path, bare)
    assert browser.evaluate("document.querySelector('main').textContent") == shown.replace(
        "Copy", ""
    )


def test_tab_goes_from_the_top_to_the_bottom(browser: Browser, tmp_path: Path) -> None:
    opened(browser, tmp_path, page("confirmed"))
    seen = []
    for _ in range(60):
        browser.press(*TAB)
        place = browser.evaluate(
            "(() => { const e = document.activeElement; return e === document.body ? null : "
            "[e.tagName.toLowerCase(), e.textContent.trim().slice(0, 30), "
            " Math.round(e.getBoundingClientRect().top + scrollY)] })()"
        )
        if place is None or place in seen:
            break
        seen.append(place)
    assert seen[0][1] == "Skip to the answer"
    names = [tag for tag, *_ in seen]
    assert {"a", "summary", "button", "div"} <= set(names)  # the picture can be scrolled by keys
    tops = [top for tag, _, top in seen[1:] if tag in ("summary", "button")]
    assert tops == sorted(tops)


def test_a_number_of_the_picture_opens_its_evidence(browser: Browser, tmp_path: Path) -> None:
    opened(browser, tmp_path, page("confirmed"))
    browser.evaluate("document.querySelector('svg a[href=\"#evidence-2\"]').focus()")
    browser.press(*ENTER)
    browser.evaluate("new Promise(r => setTimeout(r, 50))")
    assert browser.evaluate("location.hash") == "#evidence-2"


def test_both_themes_have_contrast(browser: Browser, tmp_path: Path) -> None:
    opened(browser, tmp_path, page("confirmed"))
    pictures = []
    for theme in ("light", "dark"):
        scheme = [{"name": "prefers-color-scheme", "value": theme}]
        browser.send("Emulation.setEmulatedMedia", features=scheme)
        assert [found for found in browser.evaluate(_CONTRASTS) if found[0] < 4.5] == []
        pictures.append(browser.send("Page.captureScreenshot", format="png")["data"])
    browser.send("Emulation.setEmulatedMedia", features=[])
    assert pictures[0] != pictures[1]


@pytest.mark.parametrize("width", [360, 1400])
def test_nothing_runs_out_of_the_page(browser: Browser, tmp_path: Path, width: int) -> None:
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.send("Emulation.setDeviceMetricsOverride", **size)
    opened(browser, tmp_path, page("confirmed", HOSTILE["long"]))
    beyond = f"e.getBoundingClientRect().right > {width} + 1 && !e.closest('.scroll')"
    wide = f"[...document.querySelectorAll('body *')].filter(e => {beyond})"
    assert browser.evaluate(f"{wide}.map(e => e.outerHTML.slice(0, 80))") == []
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    browser.send("Emulation.clearDeviceMetricsOverride")


def test_page_prints(browser: Browser, tmp_path: Path) -> None:
    opened(browser, tmp_path, page("confirmed", audience=Audience.CUSTOMER))
    pdf = base64.b64decode(browser.send("Page.printToPDF")["data"])
    assert pdf.startswith(b"%PDF-")


def test_paper_shows_what_is_folded_on_the_screen(browser: Browser, tmp_path: Path) -> None:
    opened(browser, tmp_path, page("confirmed"))
    heights = (
        "[...document.querySelectorAll('details:not([open])')]"
        ".map(d => d.getBoundingClientRect().height"
        " - d.firstElementChild.getBoundingClientRect().height)"
    )
    folded = browser.evaluate(heights)
    browser.send("Emulation.setEmulatedMedia", media="print")
    printed = browser.evaluate(heights)
    browser.send("Emulation.setEmulatedMedia", media="")
    assert folded
    assert all(after > before + 5 for before, after in zip(folded, printed, strict=True))


# WCAG 2.1: relative luminance of each text against the nearest background that is not transparent.
_CONTRASTS = """
[...document.querySelectorAll("main *, header *, footer *")].filter(e =>
  !e.closest("svg") && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())).map(e => {
  const rgb = c => c.match(/[\\d.]+/g).map(Number);
  const light = c => { const [r, g, b] = rgb(c).slice(0, 3).map(v => (v /= 255) <= 0.03928
    ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  let at = e;
  while (at && (rgb(getComputedStyle(at).backgroundColor)[3] ?? 1) === 0) at = at.parentElement;
  const ground = at ? getComputedStyle(at).backgroundColor : "rgb(255,255,255)";
  const [a, b] = [light(getComputedStyle(e).color), light(ground)].sort((x, y) => y - x);
  return [(a + 0.05) / (b + 0.05), e.outerHTML.slice(0, 80)];
})
"""
