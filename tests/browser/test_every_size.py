"""Every page and view at every size, measured from what was drawn: nothing wider than the page, no
word on another, nothing behind anything, no picture too small to be read."""

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from datasets.own_points import written
from tests.browser.server import settle
from tests.several import around
from tests.sweeps import sweep
from ui.offline.link import first_of, views_of
from ui.pages import PAGE_NAMES

SIZES = {
    "a small phone": (320, 640),
    "a phone": (390, 844),
    "a phone on its side": (844, 390),
    "200 % zoom": (640, 400),
    "a tablet": (768, 1024),
    "a 4:3 projector": (1024, 768),
    "a 16:9 projector": (1280, 720),
    "a laptop": (1280, 800),
    "a large screen": (1920, 1080),
}
A_PHONE, A_PROJECTOR = 390, 1024  # pixels across: on all that is as wide no chart is scrolled
TEN = written(around(10, names=[f"class number {k}" for k in range(10)]))
VIEWS = {
    "Home": "/",
    "curve": "/activations",
    "learning": "/activations?activations_view=learning",
    "in and out": "/activations?activations_view=in+and+out",
    "softmax": "/activations?activations_view=softmax",
    "one step": "/neuron?neuron_step=6",
    "too large a step": "/neuron?neuron_lr=100&neuron_step=11",
    "many steps": "/neuron?neuron_view=many+steps",
    "backpropagation": "/gradients?gradients_step=9",
    "three layers": "/gradients?gradients_layers=3&gradients_units=4&gradients_step=10",
    "vanishing": "/gradients?gradients_view=vanishing",
    "landscape": "/gradients?gradients_view=landscape",
    "race": "/gradients?gradients_view=race",
    "learning rates": "/gradients?gradients_view=learning+rates",
    "batch noise": "/gradients?gradients_view=batch+noise",
    "film": "/boundaries",
    "six layers of sixteen": "/boundaries?boundaries_layers=6&boundaries_hidden=16"
    "&boundaries_epochs=10",
    "ten classes": f"/boundaries?boundaries_dataset=your+own&boundaries_own_points={TEN}"
    "&boundaries_epochs=10",
    "lottery": "/boundaries?boundaries_view=lottery&boundaries_epochs=10&boundaries_starts=50",
    "map": "/boundaries?boundaries_view=map&boundaries_epochs=10&boundaries_each=1",
    "sweep": "/boundaries?boundaries_view=sweep&boundaries_epochs=10",
    "fair race": "/boundaries?boundaries_view=race&boundaries_epochs=10",
    "MNIST": "/mnist",
    "a unit of MNIST": "/mnist?mnist_unit=12",
    "mistakes": "/mnist?mnist_view=mistakes",
    "one image": "/mnist?mnist_view=one+image",
    "few pixels": "/mnist?mnist_view=one+image&mnist_image=9&mnist_opens=few+pixels",
    "units": "/mnist?mnist_view=units&mnist_off=1.3,1.17",
    "gradients of MNIST": "/mnist?mnist_view=gradients",
    "before and after": "/mnist?mnist_view=before+and+after",
    "space": "/mnist?mnist_view=space",
}


MEASURED = (Path(__file__).parent / "measured.js").read_text(encoding="utf-8")


def measure(what: str) -> str:
    """What to evaluate in a page, for one measure of `measured.js`."""
    return f"() => {MEASURED.rstrip()}.{what}()"


def overlap(a, b, apart: float) -> bool:
    """Whether two boxes (left, top, right, bottom) share more than so many pixels both ways."""
    across = min(a[2], b[2]) - max(a[0], b[0])
    return across > apart and min(a[3], b[3]) - max(a[1], b[1]) > apart


def pairs_on_each_other(rows, apart):
    """The names of all that lie on each other, of rows (name, left, top, right, bottom)."""
    return [
        (one[0], other[0])
        for k, one in enumerate(rows)
        for other in rows[k + 1 :]
        if overlap(one[1:], other[1:], apart)
    ]


def words_on_each_other(words):
    """Pairs of words in one frame that share more than a part of a letter."""
    found = []
    for frame in {row[6] for row in words}:
        rows = [row for row in words if row[6] == frame]
        apart = 0.42 * min(row[1] for row in rows)  # a line's box is higher than its letters
        found += pairs_on_each_other([[row[0], *row[2:6]] for row in rows], apart)
    return found


def check(page, width):
    """All that is held at every size, of the page as it is now."""
    assert page.evaluate(measure("across")) <= 0
    scrolls = width < (A_PROJECTOR if "present=true" in page.url else A_PHONE)
    assert scrolls or page.evaluate(measure("scrolled")) == []
    header = page.evaluate(measure("header"))
    assert pairs_on_each_other(header, 1) == []
    assert all(left >= -1 and right <= width + 1 for _, left, _, right, _ in header)
    assert pairs_on_each_other(page.evaluate(measure("blocks")), 2) == []
    words = page.evaluate(measure("words"))
    assert words_on_each_other(words) == []
    assert all(row[1] >= 9.9 for row in words), min(words, key=lambda row: row[1])
    for menu in page.evaluate(measure("menus")):
        assert menu[2] <= width
        under = [row[0] for row in words if row[6] != "canvas" and overlap(menu, row[2:6], 1)]
        assert scrolls or under == []
    stage, walk = page.evaluate(measure("stage")), page.evaluate(measure("walk"))
    if stage:
        assert stage["tile"] >= 17.9
        assert stage["between"] >= 23.9
        assert stage["plane"] >= 150
        for text, _, left, top, right, bottom, frame in words:
            if frame == "canvas":
                assert left >= -1, text
                assert top >= -1, text
                assert right <= stage["width"] + 1, text
                assert bottom <= stage["height"] + 1, text
    if walk:
        place, side = walk["place"], walk["side"]
        assert not overlap(place, side, 1)
        left, top, right, bottom = walk["drawing"]
        for node in walk["nodes"]:
            assert left - 1 <= node[0] < node[2] <= right + 1
            assert top - 1 <= node[1] < node[3] <= bottom + 1


def fits_every_size(page, name):
    """All that is held at each size, of the page that is open, one size after the other."""
    for words, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        try:
            check(page, width)
        except AssertionError as error:
            raise AssertionError(f"{name}, {words} ({width}×{height}): {error}") from error


def test_every_view_of_every_page_is_in_the_table():
    seen = set()
    for link in map(urlsplit, VIEWS.values()):
        page = link.path.removeprefix("/")
        asked = dict(parse_qsl(link.query))
        seen.add((page, asked.get(f"{page}_view", first_of(page).name)))
    there = {(page, view) for page in PAGE_NAMES for view in views_of(page)}
    assert seen == there, "VIEWS needs a line for each view"


@sweep("name", VIEWS, usual=["film"])
def test_every_view_fits_every_size(app, visit, name):
    """What a presenter's does, too: test_presenting.py."""
    visit.page.goto(app + VIEWS[name])
    fits_every_size(settle(visit.page), name)


@sweep("present", [False, True], usual=[True])
@sweep("size", SIZES, usual=["a 4:3 projector"])
def test_what_is_opened_never_squeezes_the_network(app, visit, size, present):
    page, (width, height) = visit.page, SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{app}/boundaries?boundaries_epochs=10{'&present=true' if present else ''}")
    settle(page)
    before = page.evaluate(measure("stage"))
    for touch in ("touchUnit(1, 0)", "touchPoint(0)"):
        page.evaluate(f"document.querySelector('.gs').stage.{touch}")
        settle(page)
        opened = page.evaluate(measure("stage"))
        assert opened["tile"] >= 0.8 * before["tile"]
        assert opened["between"] >= 0.5 * before["between"]
        check(page, width)
        panel = page.locator(".gs-panel").bounding_box()
        stage = page.locator("[data-testid=stage]").bounding_box()
        assert panel["width"] >= 11 * before["letters"]
        assert panel["y"] + panel["height"] <= stage["y"] + stage["height"] + 1
