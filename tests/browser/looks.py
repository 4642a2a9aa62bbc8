"""What is wrong with a page as it stands in the browser, as sentences; none is good."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BY_COLOUR = ["color-contrast", "link-in-text-block"]
# Colours that are on their way to the other scheme must have arrived.
RUN_AXE = """async (only) => {
  await Promise.all(document.getAnimations().map((animation) => animation.finished));
  return axe.run(document, {runOnly: only, resultTypes: ["violations"], preload: false});
}"""

COUNT_SHIFTS = """
window.shifts = [];
const place = (node) => (node?.closest ? node : node?.parentElement)?.outerHTML.slice(0, 80) ?? "something gone";
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    window.shifts.push(`${entry.value}: ${entry.sources.map((source) => place(source.node)).join(" | ")}`);
}).observe({type: "layout-shift", buffered: true});
"""
OVERFLOWING = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const inBox = (e) => e.parentElement?.closest("*:not(html):not(body)") && [...ancestors(e)].some(
    (a) => ["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(a).overflowX));
  function* ancestors(e) { while ((e = e.parentElement) && e !== document.body) yield e; }
  return [...document.body.querySelectorAll("*")]
    .filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1 && !inBox(e))
    .slice(0, 3).map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class")}`).concat("page");
}"""


class Watch:
    """Listens to a page from before its first byte: its console, its failures, what it asks of others."""

    def __init__(self, page: Page, own: str, expected_status: int = 200):
        self.own, self.expected = own, expected_status
        self._heard: list[str] = []
        page.add_init_script(COUNT_SHIFTS)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._heard.append(f"script error: {error}"))
        page.on("request", self._request)

    def heard(self) -> list[str]:
        """So far; asked before axe runs, which says things of its own."""
        return list(self._heard)

    def _console(self, message) -> None:
        # The browser itself remarks on a page that answers 404; that is what was asked for.
        if f"status of {self.expected} " not in message.text or self.expected == 200:
            self._heard.append(f"console: {message.text} ({message.location['url']})")

    def _request(self, request) -> None:
        if not request.url.startswith((self.own, "data:", "blob:")):
            self._heard.append(f"asks another host: {request.url}")


def axe_findings(page: Page, only: list[str] = AXE_TAGS) -> list[str]:
    """What axe-core says against the page by its tags or rules: one line a finding, with the first places."""
    # Through the inspector, because the site's own policy rightly refuses foreign scripts.
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE)
    result = page.evaluate(RUN_AXE, only)
    return [
        f"{row['id']}: {row['help']} at " + ", ".join(str(node["target"]) for node in row["nodes"][:3])
        for row in result["violations"]
    ]


def findings(page: Page, widths: tuple[int, ...] = (320, 1440)) -> list[str]:
    """axe in light at each width and in dark at the widest, and whether anything leaves the window sideways."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        if leaving := page.evaluate(OVERFLOWING):
            found.append(f"{width} px: wider than the window: {', '.join(leaving)}")
        found += [f"{width} px, light: {line}" for line in axe_findings(page, AXE_TAGS)]
    # The scheme changes colours and nothing else, and a width changes no colour: those are asked once.
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {line}" for line in axe_findings(page, BY_COLOUR)]
    page.emulate_media(color_scheme="light")
    return found


def shifts(page: Page) -> list[str]:
    """What has moved since the page was opened, and by how much of the window; COUNT_SHIFTS must be in it."""
    return page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done(window.shifts)))")
