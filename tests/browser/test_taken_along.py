"""A picture taken along, as PNG, SVG or film: it is what is seen, with its caption and its link."""

import base64
import io
import math
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.server import settle
from tests.browser.test_every_size import VIEWS
from tests.browser.test_presenting import BACKGROUND, DARK
from tests.sweeps import sweep

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
AROUND = 16  # pixels around a picture
GROUND = {"light": (255, 255, 255), "dark": (20, 25, 26)}
MENU = "[data-testid$=menu] > button:visible"
FEW_FRAMES = "/boundaries?boundaries_epochs=10&boundaries_batch=1000"


def saved(page, what, which=0):
    """The file that a menu of the page gives, the first if no other is meant."""
    page.locator(MENU).nth(which).click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=what).click()
    return download.value.path().read_bytes()


def words_of(text):
    return re.sub(r"\s+", " ", text).strip()


def caption_on(page):
    return words_of(page.locator(".st-key-caption").inner_text())


def check_png(png, page, scheme):
    image = Image.open(io.BytesIO(png))
    image.load()
    pixels = np.asarray(image.convert("RGB"), int)
    assert tuple(pixels[2, 2]) == GROUND[scheme]
    assert (abs(pixels - GROUND[scheme]).sum(axis=2) > 60).mean() > 0.005  # it is not blank
    assert image.text["Description"] == caption_on(page)
    assert image.text["Source"].startswith(page.url.split("?")[0])
    assert image.text["Title"] == words_of(image.text["Title"]) != ""
    return image


def check_svg(svg, page):
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}desc").text.startswith(caption_on(page))
    (link,) = [a for a in root.iter(f"{SVG}a") if a.get(f"{XLINK}href", "").startswith("http")]
    assert link.get(f"{XLINK}href").startswith(page.url.split("?")[0])
    said = words_of(" ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text")))
    assert caption_on(page) in said
    for element in root.iter():
        assert not element.tag.endswith(("script", "foreignObject"))
        if element is not link:
            for name, value in element.attrib.items():
                assert not name.endswith("href") or value.startswith(("data:", "#")), value
            assert "url(http" not in element.get("style", "")
    return root


def elements(data, names):
    """EBML elements of these names, (id, content), in their order; masters are gone into."""
    at = 0
    while at < len(data):
        wide = 9 - data[at].bit_length()
        name = int.from_bytes(data[at : at + wide])
        at += wide
        wide = 9 - data[at].bit_length()
        length = int.from_bytes(data[at : at + wide]) & ((1 << 7 * wide) - 1)
        at += wide
        content = data[at : at + length]
        assert len(content) == length
        if name in names:
            yield name, content
        if name in (0x18538067, 0x1F43B675, 0x1549A966, 0x1254C367, 0x7373, 0x67C8):
            yield from elements(content, names)
        at += length


EBML, BLOCK, STRING = 0x1A45DFA3, 0xA3, 0x4487
# What Chromium makes of a film: its size, how long it is, and its picture at two moments.
PLAYED = """async (film) => {
    const video = document.createElement('video'), canvas = document.createElement('canvas');
    video.muted = true;
    video.src = URL.createObjectURL(new Blob(
        [Uint8Array.from(atob(film), (c) => c.charCodeAt(0))], { type: 'video/webm' }));
    await new Promise((done, fail) => { video.onloadeddata = done; video.onerror = fail; });
    Object.assign(canvas, { width: video.videoWidth, height: video.videoHeight });
    const at = async (time) => {
        const shown = new Promise((done) => { video.requestVideoFrameCallback(done); });
        video.currentTime = time;
        await shown;
        canvas.getContext('2d').drawImage(video, 0, 0);
        return canvas.toDataURL();
    };
    const { videoWidth, videoHeight, duration } = video;
    return { size: [videoWidth, videoHeight], duration,
        first: await at(0.001), last: await at(duration - 0.5) };
}"""


def test_a_film_is_taken_along_as_png_svg_and_webm(app, visit):
    page = visit.page
    page.goto(app + FEW_FRAMES)
    settle(page)
    box = page.get_by_test_id("stage").bounding_box()
    image = check_png(saved(page, "PNG"), page, "light")
    assert abs(image.width - 2 * (box["width"] + 2 * AROUND)) <= 4
    assert image.height > 2 * box["height"]
    svg = check_svg(saved(page, "SVG"), page)
    # The picture's words are painted: what stands in it as words is what the page says of it.
    assert svg.get("width") == str(round(box["width"] + 2 * AROUND))
    film = saved(page, "film")
    found = list(elements(film, (EBML, BLOCK, STRING)))
    assert found[0][0] == EBML
    last = int(page.get_by_test_id("stage").get_attribute("data-frames")) - 1
    rate = 60 * float(page.locator(".gs-speed").input_value())  # frames a second
    kept = math.ceil(last / math.ceil(rate / 30)) + 1  # at most thirty a second
    assert [name for name, _ in found].count(BLOCK) == kept + 1  # its last one stays
    said = [content.decode() for name, content in found if name == STRING]
    assert caption_on(page) in said
    played = page.evaluate(PLAYED, base64.b64encode(film).decode())
    assert played["size"] == [1920, 1080]
    assert played["duration"] == pytest.approx(1 + last / rate + 3, abs=0.01)
    assert played["first"] != played["last"]


@pytest.mark.sweep
def test_where_no_film_can_be_made_one_sentence_says_so(app, apart):
    page = apart.page
    page.add_init_script("delete window.VideoEncoder")
    page.goto(app + FEW_FRAMES)
    settle(page)
    page.locator(MENU).first.click()
    page.get_by_role("menuitem", name="film").click()
    expect(page.locator(".gj-said")).to_contain_text("This browser makes no films here")


@pytest.mark.sweep
@pytest.mark.parametrize("name", VIEWS)
def test_every_picture_of_every_view_is_taken_along(app, visit, name):
    page = visit.page
    page.goto(app + VIEWS[name])
    settle(page)
    menus = page.locator(MENU)
    assert menus.count() >= 1
    for which in range(menus.count()):
        check_png(saved(page, "PNG", which), page, "light")
        check_svg(saved(page, "SVG", which), page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{BACKGROUND} === '{DARK}'")
    settle(page)
    for which in range(menus.count()):
        check_png(saved(page, "PNG", which), page, "dark")


@sweep("name", ["sweep", "fair race", "MNIST", "space", "vanishing"], usual=[])
def test_whatever_plays_is_taken_along_as_a_film(app, visit, name):
    page = visit.page
    page.goto(app + VIEWS[name])
    settle(page)
    for which in range(page.locator(MENU).count()):
        page.locator(MENU).nth(which).click()
        if not page.get_by_role("menuitem", name="film").count():
            page.keyboard.press("Escape")
            continue
        page.keyboard.press("Escape")
        film = saved(page, "film", which)
        assert [name for name, _ in elements(film, (BLOCK,))].count(BLOCK) > 2
        played = page.evaluate(PLAYED, base64.b64encode(film).decode())
        assert played["first"] != played["last"]
