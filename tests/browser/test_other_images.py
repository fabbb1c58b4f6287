"""Trainings on clothes, on many classes and on two, in a real browser: a unit opened, a file."""

from typing import NamedTuple
from urllib.parse import urlencode

import numpy as np
import pytest

from datasets.digits import Images, Kind, Subject
from datasets.known import CLOTHES
from recipes.mnist import MnistSettings
from runs.brought import Brought
from runs.files import new_name
from runs.run import TrainingRun
from runs.store import Store
from runs.workers import Workers
from tests.browser.server import NO_NETWORK, new_page, running_app, settle
from tests.browser.test_opened_unit import said
from tests.browser.test_saved import save

pytestmark = pytest.mark.sweep

SETTINGS = MnistSettings(hidden=9, epochs=2, batch=10, images=100, init="normal × 0.1")
UNIT = 3  # that is opened
SUBJECTS = {
    "clothes": Subject(Kind.BROUGHT, "Clothes", 28, CLOTHES),
    "many": Subject(Kind.BROUGHT, "Signs", 28, tuple(f"sign {k}" for k in range(62))),
    "letters": Subject(Kind.BROUGHT, "Letters", 28, tuple("abcdefghijklmnopqrstuvwxyz")),
    "two": Subject(Kind.BROUGHT, "Pets", 16, ("cat", "dog")),
}
SIZES = {
    "page": ((1280, 800), {}),
    "projector": ((1280, 720), {"present": "true"}),
    "phone": ((390, 844), {}),
}
WORDS = """(css) => [...document.querySelectorAll(css)]
    .flatMap((root) => [root, ...root.querySelectorAll('*')])
    .filter((e) => e.checkVisibility())
    .map((e) => [e.ariaLabel, e.title, e.children.length ? '' : e.textContent].join(' '))
    .join(' ')"""
CUT = """(css) => [...document.querySelectorAll(css)]
    .filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent)"""
BOXES = """(css) => [...document.querySelectorAll(css)].map((e) => e.getBoundingClientRect())
    .map(({ x, y, width, height }) => ({ x, y, width, height }))"""


class Trained(NamedTuple):
    """A network on such images, in the folder of a server."""

    address: str
    link: dict[str, str]
    outgoing: np.ndarray  # of the unit that is opened
    classes: tuple[str, ...]


def images_of(subject):
    """Each class a bar in a place of its own, with noise."""
    rng, count = np.random.default_rng(0), len(subject.classes)
    y = (np.arange(4 * count) % count).astype(np.uint8)
    x = rng.integers(0, 60, (len(y), subject.side, subject.side), np.uint8)
    for k, label in enumerate(y):
        x[k, label % (subject.side - 2), 3 : subject.side - 3] = 255
    return Images(x, y, x, y)


@pytest.fixture(scope="module")
def trained(browser, tmp_path_factory):
    """A server with a finished run on each of these sets."""
    home = tmp_path_factory.mktemp("home")
    store, brought, made = Store(home / "runs"), Brought(home / "data"), {}
    for name, subject in SUBJECTS.items():
        here = brought.keep(images_of(subject), "", subject)
        run = TrainingRun(SETTINGS, here.numbers(SETTINGS.images), Workers(1), Store(home / "x"))
        for _ in range(run.look().steps):
            run.one_batch()
        run_id = new_name("")
        store.save(run_id, run.saved())
        link = {"run": run_id, "data": here.name, "mnist_unit": str(UNIT + 1)}
        outgoing = run.net(run.look()).dense[1].W[UNIT]
        made[name] = link, outgoing, subject.classes
    lost = new_name("")  # its images were deleted, or it comes from elsewhere
    store.save(lost, run.saved()._replace(data=""))
    made["lost"] = {"run": lost}, outgoing, subject.classes
    with running_app(home, GLASSBOX_MNIST_DIR="", **NO_NETWORK) as app:
        yield {name: Trained(f"{app}/mnist", *rest) for name, rest in made.items()}


def touch(a, b):
    across = min(a["x"] + a["width"], b["x"] + b["width"]) - max(a["x"], b["x"])
    down = min(a["y"] + a["height"], b["y"] + b["height"]) - max(a["y"], b["y"])
    return across > 1 and down > 1


@pytest.mark.parametrize(
    ("name", "size"),
    [
        *(("clothes", size) for size in SIZES),
        ("many", "phone"),
        ("letters", "projector"),
        ("two", "page"),
    ],
)
def test_an_opened_unit_has_the_strongest_classes_by_their_names(visit, trained, name, size):
    (width, height), more = SIZES[size]
    one, page = trained[name], visit.page
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{one.address}?{urlencode(one.link | more)}")
    settle(page)
    text = said(page)
    bars = page.locator(".gm-class")
    names = bars.locator("b").all_inner_texts()
    lie = 3 if size == "projector" else 6  # of those whose names are long
    count = min(len(one.classes), 10 if name == "letters" else lie)
    strongest = sorted(np.argsort(-np.abs(one.outgoing), kind="stable")[:count])
    assert names == [one.classes[k] for k in strongest]
    titles = bars.evaluate_all("bars => bars.map((bar) => bar.title)")
    weights = [float(title.split(": ")[1].replace("−", "-")) for title in titles]
    np.testing.assert_allclose(weights, one.outgoing[strongest], rtol=1e-6)
    best = one.classes[int(one.outgoing.argmax())]
    assert size == "projector" or f"most for {best} (" in text
    shown = page.locator(".gm-most figcaption").all_inner_texts()
    assert shown
    assert set(shown) <= set(one.classes)
    assert "digit" not in page.evaluate(WORDS, ".gm, .gd")
    cut = ".gm-class b, .gm-class small, .gm-most figcaption, .gm-over, .gm-unit-title"
    assert page.evaluate(CUT, cut) == []
    for css in (".gm-unit > :not([hidden])", ".gm-class b, .gm-class small", ".gm-most figure"):
        boxes = page.evaluate(BOXES, css)
        for k, box in enumerate(boxes):
            assert not any(touch(box, other) for other in boxes[k + 1 :]), css
            assert box["x"] + box["width"] <= width
    for part in ("words", "bars", "seen"):
        over = page.evaluate(
            f"(e => e.scrollHeight - e.clientHeight)(document.querySelector('.gm-unit-{part}'))"
        )
        assert over <= 1, part


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_saved_file_reads_them_by_their_names(browser, trained, visit, tmp_path, name):
    one, file = trained[name], tmp_path / "mnist.html"
    save(visit, f"{one.address}?{urlencode(one.link)}", file)
    with new_page(browser, offline=True) as page:
        wrong = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(file.as_uri())
        page.wait_for_function("document.querySelector('.gd-answer')?.innerText")
        answer = page.locator(".gd-answer").inner_text()
        assert any(f"{kind} (" in answer for kind in one.classes)
        assert set(page.locator(".gd-share b").all_inner_texts()) <= set(one.classes)
        page.locator(".gm-time").focus()
        page.keyboard.press("Home")
        assert page.locator(".gd-answer").inner_text().startswith("At epoch 0 ")
        page.get_by_role("button", name="Test image").click()
        page.get_by_role("button", name="Clear").click()
        assert page.locator(".gd-answer").inner_text().startswith("Draw something")
        assert "digit" not in page.evaluate(WORDS, ".gm, .gd, body > p")
        assert wrong == []


def test_a_run_whose_images_are_not_here_has_an_empty_paper(trained, visit):
    page, one = visit.page, trained["lost"]
    page.goto(f"{one.address}?{urlencode(one.link)}")
    settle(page)
    answers = page.locator(".gd-answer")
    assert answers.all_inner_texts() == ["Draw something: the network says what it reads."]
    assert page.get_by_text("BidiComponent").count() == 0
    paper = page.locator("[data-testid=pad]")
    assert paper.evaluate(
        "(c) => !c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((byte) => byte)"
    )
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.5 * box["height"], steps=8)
    page.mouse.up()
    page.wait_for_function(
        "() => !document.querySelector('.gd-answer').textContent.startsWith('Draw')"
    )
