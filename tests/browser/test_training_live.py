"""A run in a real browser: it grows, pauses, goes on, is found again, and starts over."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.server import NO_NETWORK, PATIENCE, running_app, settle
from tests.browser.test_every_page import CAPTION, WATCH_THE_PICTURE, WATCHED, slider

# The epoch at which the curve of the loss ends.
CURVE_END = "() => document.querySelector('[data-testid=chart]')._fullData[0].x?.at(-1) ?? 0"


# Settings of a run that trains for minutes: longer than any test looks at it.
LONGER = "mnist_epochs=200&mnist_batch=10&mnist_hidden=512&mnist_layers=3"

# Every end of the loss curve that is drawn from now on, and every end of a figure that Python sent.
KEEP_ENDS = """() => {
    const chart = document.querySelector('.st-key-mnist_curves [data-testid=chart]');
    window.drawn = []; window.sent = new Set();
    let waiting = null;
    Object.defineProperty(chart, 'glassboxWaiting', {
        get: () => waiting,
        set: (figure) => {
            waiting = figure;
            if (figure) window.sent.add(JSON.parse(figure).data[0].x.at(-1));
        },
    });
    chart.on('plotly_afterplot', () => window.drawn.push(chart.data[0].x.at(-1)));
}"""

# What the caption said, each time that there was nothing of the run in it, from now on.
KEEP_SILENCES = """() => {
    window.silences = [];
    const look = () => {
        const said = document.querySelector('.st-key-caption').innerText;
        if (!/ of \\d+ epochs/.test(said)) window.silences.push(said);
        requestAnimationFrame(look);
    };
    look();
}"""


def caption_says(page, pattern):
    """Waits for it, until a training is over if it must."""
    page.wait_for_function(
        "([css, pattern]) => new RegExp(pattern).test(document.querySelector(css)?.innerText)",
        arg=[CAPTION, pattern],
        timeout=3000 * PATIENCE,
    )


def epochs_said(page):
    """How many epochs the caption says the run has behind it, once it says so."""
    said = page.wait_for_function(
        "([css, epochs]) => document.querySelector(css)?.innerText.match(epochs)?.[1]",
        arg=[CAPTION, r"([\d.]+) of \d+ epochs"],
    )
    return float(said.json_value())


def wait_for_epoch(page, epoch):
    page.wait_for_function(
        "([css, epoch]) => parseFloat(document.querySelector(css)?.innerText"
        ".match(/([\\d.]+) of \\d+ epochs/)?.[1]) >= epoch",
        arg=[CAPTION, epoch],
        timeout=3000 * PATIENCE,
    )


def test_curves_grow_without_blinking_and_a_run_is_found_again(app, visit):
    page = visit.page
    page.goto(f"{app}/mnist?{LONGER}")
    settle(page)
    page.get_by_role("button", name="Start", exact=True).click()
    wait_for_epoch(page, 1)
    page.evaluate(WATCH_THE_PICTURE)
    page.evaluate(KEEP_ENDS)
    page.evaluate(KEEP_SILENCES)
    early = page.evaluate(CURVE_END)
    page.wait_for_function(f"({CURVE_END})() > {early} + 0.5")
    watched = page.evaluate(WATCHED)
    assert watched["same"]
    assert watched["blank"] == 0
    in_between = "new Set(window.drawn.filter((end) => !window.sent.has(end)))"
    page.wait_for_function(f"{in_between}.size > 2")
    drawn = page.evaluate("window.drawn")
    assert drawn == sorted(drawn)
    assert page.evaluate("window.silences") == []
    link = page.url
    assert "run=" in link

    seen = epochs_said(page)
    page.reload()
    caption_says(page, "^Training")
    assert epochs_said(page) >= seen
    page.get_by_role("link", name="Activations").click()
    page.wait_for_selector("text=What does a neuron do")
    page.get_by_role("link", name="MNIST").click()
    wait_for_epoch(page, seen + 0.1)
    caption_says(page, "^Training")
    settings = parse_qs(urlsplit(link).query)
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query) == settings)

    page.get_by_role("button", name="Pause").click()
    caption_says(page, "^Paused")
    settle(page)  # of the moment that its picture has, and that comes after the words
    caption_says(page, "^Paused")
    paused = page.locator(CAPTION).inner_text()
    page.reload()
    settle(page)
    assert page.locator(CAPTION).inner_text() == paused

    page.get_by_role("button", name="Go on").click()
    caption_says(page, "^Training")
    page.get_by_role("button", name="Stop").click()
    caption_says(page, "^Done")
    page.get_by_role("button", name="Leave").click()
    caption_says(page, "^A recording")
    page.wait_for_url(lambda url: "run=" not in url)


@pytest.mark.sweep
def test_a_few_epochs_on_mnist_pass_97_percent(visit, mnist, tmp_path):
    with running_app(tmp_path) as address:
        page = visit.page
        page.goto(f"{address}/mnist")
        settle(page)
        page.get_by_text("97% in a few epochs").click()
        page.wait_for_url("**mnist_epochs=6**")
        page.get_by_role("button", name="Start", exact=True).click()
        caption_says(page, "Done: 6.0 of 6 epochs")
        said = page.locator(CAPTION).inner_text()
        page.goto("about:blank")  # a page without its server complains
    assert float(re.search(r"reads ([\d.]+)%", said).group(1)) >= 97.0


# A film that takes minutes: longer than any test looks at it.
LONG_FILM = "&".join(
    f"boundaries_{setting}"
    for setting in ("layers=6", "hidden=16", "points=1000", "batch=10", "epochs=150000")
)


def test_a_long_film_is_trained_before_the_readers_eyes_and_can_be_stopped(app, visit):
    page = visit.page
    page.goto(f"{app}/boundaries?{LONG_FILM}")
    stop = page.get_by_role("button", name="Stop here")
    stop.click()
    page.wait_for_selector("text=Stopped after")
    settle(page)
    page.evaluate(WATCH_THE_PICTURE)
    slider(page, "Hidden units").press("ArrowLeft")
    stop.click()
    page.wait_for_selector("text=Stopped after")
    stopped = page.locator(CAPTION).inner_text()
    page.get_by_role("button", name="Go on").click()
    page.wait_for_function(
        "([css, before]) => document.querySelector(css).innerText !== before",
        arg=[CAPTION, stopped],
    )
    page.get_by_text("Two can, sometimes").click()
    caption_says(page, "after 150,000 steps, two of the four answers are stuck")
    watched = page.evaluate(WATCHED)
    assert watched["same"]
    assert watched["blank"] == 0


@pytest.mark.sweep
def test_a_link_to_a_long_film_as_a_fresh_servers_first_visit_shows_it_while_it_trains(
    visit, tmp_path
):
    with running_app(tmp_path, **NO_NETWORK) as address:
        page, long = visit.page, "boundaries_epochs=150000&boundaries_layers=6"
        page.goto(f"{address}/boundaries?{long}&boundaries_hidden=7")
        page.wait_for_selector("[data-testid=stage][data-frame]")
        page.get_by_role("button", name="Stop here").wait_for()
        caption_says(page, "^So far, after [\\d,]+ steps")
        assert page.get_by_role("link", name="Activations").count() == 1  # through the router
        assert page.locator("[data-testid=stSidebar]").count() == 0
        assert slider(page, "Hidden units").input_value() == "7"
        assert page.get_by_role("heading").first.inner_text().startswith("Can a network learn")
        page.goto("about:blank")  # a page without its server complains
