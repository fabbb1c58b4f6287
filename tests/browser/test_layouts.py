"""The layouts as pure functions, over many sizes: nothing outside, nothing on another thing.

They run in Chromium, which knows JavaScript; what they return is judged by what a reader needs.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.sweeps import sweep
from ui.browser.join import joined
from views.gradients import backpropagation
from views.neuron import one_step

BROWSER = Path(__file__).parents[2] / "ui" / "browser"
SCRIPTS = {name: joined(BROWSER / name / f"{name}.js") for name in ("stage", "walk", "chart")}
WIDTHS = (288, 320, 358, 480, 608, 704, 812, 992, 1216, 1856)
LETTERS = (13.12, 16, 19.2, 24)  # pixels: a page, a phone's, a narrow and a wide projector
NETWORKS = ([2, 1], [2, 4, 4, 1], [7, 8, 1], [2, *[16] * 6, 1], [1, 1, 1])


@pytest.fixture(scope="module")
def empty(browser: Browser) -> Iterator[Page]:
    """An empty page, for scripts."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def knowing(empty: Page):
    """The empty page once it knows a part's script, and nothing else."""

    def knowing(part: str) -> Page:
        empty.goto("about:blank")
        empty.add_script_tag(content=SCRIPTS[part])
        return empty

    return knowing


# Every part of the stage with the words that stand around it; faults as sentences.
STAGE_FAULTS = """({ widths, heights, letters, networks }) => {
    const faults = [];
    const room = ({ x, y, width, height }, left, above, right, below) =>
        ({ x: x - left, y: y - above, width: width + left + right, height: height + above + below });
    const touch = (a, b) => Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1
        && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 1;
    for (const width of widths) for (const height of heights) for (const size of letters)
    for (const sizes of networks) for (const opened of [false, true]) for (const spaceOnly of [false, true]) {
        const box = layoutOf({ width, height, size, sizes, opened, spaceOnly, classes: true }), s = size;
        const say = (words) => faults.push(`${words}: ${[width, height, size, sizes, opened, spaceOnly].join(" ")}`);
        const plane = { ...box.plane, width: box.plane.side, height: box.plane.side };
        const parts = { network: box.network, plane: room(plane, 2.2 * s, 1.3 * s, 0, 1.4 * s) };
        if (box.loss) parts.loss = room(box.loss, 3.2 * s, 1.3 * s, 0, 0);
        if (box.loss) parts.accuracy = room(box.accuracy, 2 * s, 1.3 * s, 0, 1.4 * s);
        if (opened) parts.panel = box.panel;
        else {
            parts.tabs = { ...box.tabs, width: 10 * s, height: 1.5 * s };
            if (box.matrix) parts.matrix = { ...box.matrix, height: 4.35 * s };
            if (box.space) parts.space = room(box.space, 1.5 * s, 0, 0, 1.3 * s);
        }
        if (box.width > width && box.network.width < box.width) say("wider than it need be");
        for (const [name, part] of Object.entries(parts)) {
            if (part.x < -0.5 || part.y < -0.5 || part.x + part.width > box.width + 0.5
                || part.y + part.height > box.height + 0.5) say(`${name} sticks out`);
            if (name !== "network" && !(part.width >= 8 * s && part.height >= 0.9 * s)) say(`${name} is squeezed`);
            for (const [other, there] of Object.entries(parts)) {
                if (name < other && touch(part, there)) say(`${name} on ${other}`);
            }
        }
        if (box.plane.side < Math.min(12 * s, 0.68 * width)) say("a small plane");
        const columns = sizes.map((_, layer) => box.units.filter((u) => u.layer === layer));
        for (const u of box.units) {
            if (u.side < 17.9) say(`a tile of ${u.side}`);
            if (u.y - u.side / 2 < box.network.y + 1.2 * s) say("a tile on its head");
            if (u.y + u.side / 2 > box.network.y + box.network.height + 0.5) say("a tile sticks out");
        }
        columns.forEach((column, k) => {
            column.slice(1).forEach((u, j) => u.y - column[j].y < u.side * 1.05 && say("tiles touch"));
            const next = columns[k + 1]?.[0];
            if (next && next.x - column[0].x - next.side < 23.9) say("no room for lines");
        });
        const ems = (words) => 0.5 * s * words.length;
        const heads = headsOf(sizes, box.units, ems);
        heads.slice(1).forEach(({ head, x }, k) => {
            if (x - ems(head) / 2 < heads[k].x + ems(heads[k].head) / 2 + 2) say("heads touch");
        });
    }
    return faults;
}"""


@sweep("height", [120, 240, 460, 620, 900], usual=[240, 460])
def test_the_stage_has_a_place_for_everything_at_every_size(knowing, height):
    asked = {"widths": WIDTHS, "heights": [height], "letters": LETTERS, "networks": NETWORKS}
    assert knowing("stage").evaluate(STAGE_FAULTS, asked)[:5] == []


# A walk at a size, step by step: all words and where they are, from what its layout says.
WALK_FAULTS = """({ message, widths, heights, size, big }) => {
    const faults = [], apart = 0.12 * size;
    for (const offered of widths) for (const high of heights) for (const steps of message.samples) {
        const walk = { message, steps, size, big, digits: big ? 3 : 4, touched: null };
        const least = leastOf(walk), width = Math.max(offered, least.width), height = Math.max(high, least.height);
        Object.assign(walk, { width, height, places: placeNodes(walk, width, height) });
        steps.forEach((_, step) => {
            const say = (words) => faults.push(`step ${step + 1} at ${width}×${height}: ${words}`);
            walk.known = Walk.prototype.reveal.call({ steps, step });
            const words = [...message.nodes.flatMap((node) => nodeWords(walk, node, walk.places[node.id])),
                           ...Object.values(allLinkWords(walk)).flat()];
            const boxes = words.map((line) => ({ text: line.text, ...boxOf(line, size) }));
            boxes.forEach((a, k) => {
                if (a.x < -apart || a.y < -apart || a.x + a.width > width + apart || a.y + a.height > height + apart)
                    say(`${a.text} sticks out`);
                boxes.slice(k + 1).forEach((b) => {
                    if (Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > apart
                        && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > apart) say(`${a.text} on ${b.text}`);
                });
            });
        });
    }
    return faults;
}"""

WALKS = {
    "one neuron": (one_step, {}),
    "too large a step": (one_step, {"lr": 100.0, "weights": "12, -30, 7.25, 0.5"}),
    "two layers": (backpropagation, {}),
    "three layers of four": (backpropagation, {"layers": 3, "units": 4}),
    "small numbers": (backpropagation, {"layers": 3, "units": 3, "sample": "600, −600 → 0"}),
}


def walk_of(name: str, brief: bool) -> dict:
    """What the browser gets of a view's walk."""
    view, chosen = WALKS[name]
    settings = view.VIEW.settings(**chosen)
    return view.picture(view.numbers(settings), brief).message()


@sweep(
    "name, big",
    [(name, big) for name in WALKS for big in (False, True)],
    usual=[("one neuron", True), ("too large a step", True), ("three layers of four", False)],
)
def test_no_word_of_a_walk_lies_on_another_at_any_size(knowing, name, big):
    asked = {"message": walk_of(name, big), "size": 24 if big else 14.72, "big": big}
    asked |= {"widths": [300, 500, 720, 1000, 1250], "heights": [0, 215, 260, 340, 500]}
    assert knowing("walk").evaluate(WALK_FAULTS, asked)[:5] == []


LEAST = "([figure, big]) => leastOf(figure, big)"


def test_a_chart_asks_for_the_room_of_its_panels_and_of_what_stands_between(knowing):
    page = knowing("chart")
    one = {"data": [], "layout": {"xaxis": {}, "yaxis": {}}}
    assert page.evaluate(LEAST, [one, False])["width"] <= 320  # it fits a phone
    left, right = {"domain": [0, 0.45]}, {"domain": [0.55, 1]}
    two = {"data": [], "layout": {"xaxis": left, "xaxis2": right}}
    width = page.evaluate(LEAST, [two, False])["width"]
    assert (width - 76) * 0.45 >= 150
    scaled = two | {"data": [{"colorbar": {"x": 0.46}}]}
    assert (page.evaluate(LEAST, [scaled, False])["width"] - 76) * 0.1 >= 130
    below = {"data": [], "layout": {"yaxis": left, "yaxis2": right}}
    assert page.evaluate(LEAST, [below, False])["height"] > 300


def test_a_title_keeps_its_words_and_no_line_is_too_long(knowing):
    page = knowing("chart")
    title = "How large the gradient (the teaching signal) is in each layer"
    for width in (200, 358, 700):
        lines = page.evaluate("([t, w]) => linesOf(t, w, 16)", [title, width])
        assert " ".join(lines) == title
        assert max(map(len, lines)) * 8 <= width
