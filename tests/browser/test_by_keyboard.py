"""A page without a mouse: Tab reaches everything, shows where it is, has a name for it, goes on."""

from typing import NamedTuple

import pytest

from tests.browser.server import settle
from tests.browser.test_every_size import VIEWS

MOST = 200  # stops of a page
# Press Tab before each call. What has the keyboard: its name, and how it and what is around it look
# now and once it has it no more; null of the page itself.
FOCUSED = """async () => {
    await new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)));
    const moving = document.getAnimations().filter((one) => one.timeline === document.timeline);
    await Promise.allSettled(moving.map((one) => one.finished));
    const at = document.activeElement, gone = globalThis.glassboxStop;
    const looks = (one) => {
        const above = one.parentElement, label = one.closest('label');
        const around = [above, above?.parentElement, label, ...one.querySelectorAll('*')];
        return [one, ...around].filter(Boolean).map((part) => {
            const { outline, boxShadow, border, background, opacity } = getComputedStyle(part);
            return [outline, boxShadow, border, background, opacity].join();
        }).join();
    };
    const ringed = !gone || looks(gone.at) !== gone.looks;
    if (!at || at === document.body) return { ringed, last: true };
    const said = (at.getAttribute('aria-labelledby') ?? '').split(' ');
    const labels = [...said.map((id) => document.getElementById(id)), ...(at.labels ?? []), at];
    const written = labels.map((one) => one?.textContent);
    const words = [at.getAttribute('aria-label'), ...written, at.title];
    const stops = (globalThis.glassboxStops ??= new Map()), again = stops.has(at);
    globalThis.glassboxStop = { at, looks: looks(at) };
    if (!again) stops.set(at, stops.size);
    const name = words.map((one) => one?.trim()).find(Boolean) ?? '';
    const stuck = at === gone?.at;
    return { ringed, last: again && !stuck, stuck, name, tag: `${at.tagName} ${at.className}` };
}"""


class Stop(NamedTuple):
    """Where Tab has stopped: what it is, what it is called, and whether one sees that."""

    tag: str
    name: str
    ringed: bool


def stops_of(page):
    """All that Tab stops at, from the page's beginning until it leaves the page."""
    found, before = [], None
    while len(found) < MOST:
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if before:
            found.append(Stop(before["tag"], before["name"], at["ringed"]))
        if at["last"]:
            return found
        assert not at["stuck"], f"Tab does not leave {at['tag']}: {at['name']}"
        before = at
    raise AssertionError(f"after {MOST} stops Tab has not left the page: {found[-5:]}")


@pytest.mark.sweep
@pytest.mark.parametrize(
    "name", ["one step", "film", "mistakes", "one image", "space", "before and after"]
)
def test_tab_reaches_everything_and_shows_where_it_is(app, visit, name):
    page = visit.page
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{app}{VIEWS[name]}")
    settle(page)
    stops = stops_of(page)
    assert len(stops) > 5
    assert [stop.tag for stop in stops if not stop.name] == []
    assert [(stop.tag, stop.name[:60]) for stop in stops if not stop.ringed] == []
