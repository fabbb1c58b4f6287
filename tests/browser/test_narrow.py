"""On a phone the panels of a chart stand below each other, and nothing is scrolled sideways."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.server import settle
from tests.browser.test_every_size import measure

DOMAINS = """() => { const { xaxis, yaxis, xaxis2, yaxis2 } =
    document.querySelector('[data-testid=chart]')._fullLayout;
    return [xaxis, yaxis, xaxis2, yaxis2].map(({ domain }) => domain); }"""
IN_THE_MAP = """() => { const plot = document.querySelector('[data-testid=chart]');
    const { xaxis, yaxis } = plot._fullLayout, edge = plot.getBoundingClientRect();
    const map = new DOMRect(edge.x + xaxis._offset, edge.y + yaxis._offset,
        xaxis._length, yaxis._length);
    return [...plot.querySelectorAll('.annotation')].map((e) => [e.textContent,
        e.getBoundingClientRect()]).filter(([name]) => ['start', 'solution'].includes(name))
        .map(([name, r]) => r.left > map.left - 1 && r.right < map.right + 1
            && r.top > map.top - 1 && r.bottom < map.bottom + 1); }"""


def sized(page: Page, width: int, height: int) -> list[list[float]]:
    """Where the panels of the chart lie once the window has that size."""
    page.set_viewport_size({"width": width, "height": height})
    settle(page)
    return page.evaluate(DOMAINS)


def test_panels_stand_below_each_other_where_they_have_no_room_and_go_back(app: str, visit: Visit):
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{app}/gradients?gradients_view=landscape")
    settle(page)
    across, up, below_across, below = sized(page, 390, 844)
    assert across == [0, 1]
    assert below_across[0] == 0
    assert below[1] < up[0]
    assert page.evaluate(measure("scrolled")) == []
    assert page.evaluate(IN_THE_MAP) == [True, True]
    expect(page.get_by_role("slider", name="Time")).to_be_visible()
    for size in ((844, 390), (1280, 800)):  # held sideways both are in sight, too
        across, up, beside, level = sized(page, *size)
        assert across[1] < beside[0]
        assert up == level == [0, 1]
