"""The stage in a real browser: its arithmetic is nn_core's, and it answers every touch."""

import base64
import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from datasets.plane import FEATURES, features
from figures.stage import stage_film
from figures.words import Said
from kernels import train
from nn_core import (
    ACTIVATIONS,
    BinaryCrossEntropy,
    Dense,
    Loss,
    MeanSquaredError,
    Sequential,
    SoftmaxCrossEntropy,
    mlp,
)
from recipes.boundaries import BoundariesSettings, boundaries_data, boundaries_trainer
from tests.browser.conftest import Visit
from tests.browser.server import A_FEW_FRAMES, close_popover, new_page, settle
from tests.browser.test_every_page import KEEP_FRAMES, WATCH_THE_PICTURE, WATCHED, move
from tests.sweeps import sweep
from ui.browser.stage import SCRIPT, film_as_html

STAGE = "document.querySelector('.gs').stage"
CANVAS = "document.querySelector('[data-testid=stage]')"
LOSSES = {
    "cross_entropy": BinaryCrossEntropy(),
    "squared_error": MeanSquaredError(),
    "softmax_cross_entropy": SoftmaxCrossEntropy(),
}
OUTPUTS = {"cross_entropy": "sigmoid", "softmax_cross_entropy": "softmax"}
CLASSES = 4  # of a network that ends in softmax

# Places of the default network's parts in the browser's window, by name.
PLACES = """() => {
    const { film, units, box, canvas } = document.querySelector('.gs').stage;
    const edge = canvas.getBoundingClientRect(), { plane, loss, space } = box;
    const at = (x, y) => [edge.left + x, edge.top + y];
    const tile = (layer, unit) => units.find((u) => u.layer === layer && u.unit === unit);
    const [input, hidden, answer] = [tile(0, 0), tile(1, 0), tile(film.layers.length, 0)];
    const share = (x) => (x - film.left) / (film.right - film.left);
    const along = (part) => at(loss.x + part * loss.width, loss.y + loss.height / 2);
    return {
        plane: at(plane.x + plane.side / 2, plane.y + plane.side / 2),
        point: at(plane.x + plane.side * share(film.x1[0]),
                  plane.y + plane.side * (1 - share(film.x2[0]))),
        unit: at(hidden.x, hidden.y),
        input: at(input.x, input.y),
        answer: at(answer.x, answer.y),
        bias: at(hidden.x - hidden.side / 2, hidden.y + hidden.side / 2),
        link: at((input.x + hidden.x) / 2, (input.y + hidden.y) / 2),
        early: along(0.2),
        curve: along(0.5),
        late: along(0.8),
        space: space && at(space.x + 3, space.y + 3),
    };
}"""

# A point's panel: every z and every answer in it, as it is written behind the last "=".
POINT_NUMBERS = """() => [...document.querySelectorAll('.gs-lines > div')].slice(1)
    .map((line) => line.textContent.split(' = ').at(-1))"""

PIXELS = f"() => {CANVAS}.toDataURL()"


# The arithmetic


@pytest.fixture(scope="module")
def script(browser: Browser) -> Iterator[Page]:
    """An empty page that knows the stage's script."""
    page = browser.new_page()
    page.add_script_tag(content=SCRIPT)
    yield page
    page.close()


THE_SAME_IN_THE_BROWSER = """(network) => {
    const { sizes, activations, output, loss, inputs, theta, x, t, trained } = network;
    const layers = layersOf(sizes, activations, output);
    const [x1, x2] = x, planes = inputPlanes(inputs, x1, x2), room = roomFor(layers, t.length);
    const numbers = Float32Array.from(theta);
    forward(layers, numbers, planes, room);
    const grad = backward(layers, numbers, planes, room, loss, t, trained);
    const plain = (all) => all.map((one) => Array.from(one));
    return { z: room.map(({ z }) => plain(z)), a: room.map(({ a }) => plain(a)),
             grad: Array.from(grad), loss: meanLoss(loss, room.at(-1).z, t, 0, trained) };
}"""

NETWORKS = {
    **{name: ([2, 5, 3, 1], [name] * 2, ("x₁", "x₂")) for name in ACTIVATIONS},
    "no hidden layer": ([2, 1], [], ("x₂", "x₁")),
    "one input": ([1, 3, 1], ["tanh"], ("sin x₂",)),
    "all inputs": ([7, 4, 1], ["sigmoid"], tuple(FEATURES)),
    "all activations": (
        [3, *[4] * len(ACTIVATIONS), 1],
        [name for name in ACTIVATIONS if name != "step"] + ["step"],
        ("x₁x₂", "x₁²", "sin x₁"),
    ),
    "mixed": ([3, 6, 2, 4, 1], ["relu", "gelu", "softplus"], ("x₁", "x₂²", "sin x₂")),
}


def with_tails(net: Sequential, x: np.ndarray, rng: np.random.Generator) -> None:
    """Draw parameters in float32 such that every layer's z reaches from small values to ±30."""
    theta = net.theta.copy()
    theta[:] = rng.standard_normal(theta.size)
    net.theta = theta
    for layer in net.layers:
        if isinstance(layer, Dense):
            size = 30 / np.abs(layer.forward(x)).max()
            layer.W *= size
            layer.b *= size
        x = layer.forward(x)
    net.theta = net.theta.astype(np.float32).astype(float)


def assert_close(browsers: object, ours: np.ndarray) -> None:
    """Equal within 1e-5, relative to what is larger than 1."""
    np.testing.assert_array_less(
        np.abs(np.array(browsers) - ours) / np.maximum(1, np.abs(ours)), 1e-5
    )


def test_browser_and_core_know_the_same_activations_and_features(script):
    assert script.evaluate("Object.keys(ACTIVATIONS)") == list(ACTIVATIONS)
    assert script.evaluate("Object.keys(FEATURES)") == list(FEATURES)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("name", NETWORKS)
def test_forward_loss_and_gradient_are_the_cores(script, name, loss):
    sizes, activations, inputs = NETWORKS[name]
    rng, output = np.random.default_rng(len(name)), OUTPUTS.get(loss, "identity")
    points, trained = rng.uniform(-6, 6, (60, 2)), 41
    x, t = features(points, inputs), rng.integers(0, 2, (60, 1)).astype(float)
    if output == "softmax":
        sizes, t = [*sizes[:-1], CLASSES], rng.integers(0, CLASSES, 60)
    net = mlp(sizes, activations)
    with_tails(net, x, rng)
    theirs = script.evaluate(
        THE_SAME_IN_THE_BROWSER,
        {
            "sizes": sizes,
            "activations": activations,
            "output": output,
            "loss": loss,
            "inputs": list(inputs),
            "theta": net.theta.tolist(),
            "x": points.T.tolist(),
            "t": t.ravel().tolist(),
            "trained": trained,
        },
    )
    trace = net.forward(x)
    for layer, (z, a) in enumerate(zip(theirs["z"], theirs["a"], strict=True)):
        last = layer == len(sizes) - 2
        assert 29.9 < np.abs(trace[2 * layer + 1]).max() < 30.1
        assert_close(z, trace[2 * layer + 1].T)
        assert_close(a, (LOSSES[loss].output(trace[-1]) if last else trace[2 * layer + 2]).T)
    trace = net.forward(x[:trained])
    net.backward(trace, LOSSES[loss].grad(trace[-1], t[:trained]))
    assert_close(theirs["grad"], net.grad)
    assert_close(theirs["loss"], np.array(LOSSES[loss].value(trace[-1], t[:trained])))


SIGN_PIXELS = """(kind) => {
    const canvas = document.createElement("canvas"), g = canvas.getContext("2d");
    canvas.width = canvas.height = 32;
    traceSign(g, kind, 16, 16, 10);
    g.fill();
    return Array.from(g.getImageData(0, 0, 32, 32).data).filter((_, k) => k % 4 === 3);
}"""


def test_each_class_has_a_sign_of_its_own_of_about_one_size(script):
    signs = np.array([script.evaluate(SIGN_PIXELS, kind) for kind in range(10)]) > 127
    areas = signs.sum(axis=1)
    assert areas.max() < 2 * areas.min()
    for one, other in combinations(signs, 2):
        assert (one ^ other).sum() > 0.15 * areas.mean()


# The page


class Trained(NamedTuple):
    """What the page shows by default, computed here; its numbers as a film carries them."""

    net: Sequential
    loss: Loss
    x: np.ndarray
    t: np.ndarray
    digest: str

    def loss_with(self, index: int, value: float) -> float:
        """The loss of the network with one parameter replaced."""
        twin = self.net.copy()
        theta = twin.theta.copy()
        theta[index] = value
        twin.theta = theta
        return self.loss.value(twin.predict(self.x), self.t)

    def gradient(self) -> np.ndarray:
        """Of the loss over all training points."""
        trace = self.net.forward(self.x)
        self.net.backward(trace, self.loss.grad(trace[-1], self.t))
        return self.net.grad


THE_STEPS_AXIS = """([last, width]) => {
    const written = [];
    const measureText = (words) => ({ width: 8 * words.length });
    const g = { measureText, fillText(words, x) {
        const wide = measureText(words).width, back = { left: 0, center: wide / 2, right: wide };
        written.push([words, x - back[this.textAlign], x - back[this.textAlign] + wide]);
    } };
    stepsAxis(g, { size: 16 }, { x: 40, y: 0, width, height: 50 }, [0, last].map(whole));
    return written;
}"""


@pytest.mark.parametrize("last", [100, 20_000, 150_000, 12_000_000])
@pytest.mark.parametrize("width", [170, 200, 260, 400])
def test_the_axis_of_the_steps_says_that_it_is_logarithmic_however_long_its_ends(
    script, last, width
):
    written = sorted(script.evaluate(THE_STEPS_AXIS, [last, width]), key=lambda one: one[1])
    assert [words for words, *_ in written][::2] == ["0", f"{last:,}"]
    assert "log" in written[1][0]
    assert all(one[2] < other[1] for one, other in itertools.pairwise(written))


@pytest.fixture(scope="module")
def trained() -> Trained:
    """The network of the page's defaults at its last frame."""
    settings = BoundariesSettings()
    data = boundaries_data(settings)
    trainer = boundaries_trainer(settings, data)
    train(trainer, settings.epochs * trainer.steps_per_epoch)
    film = stage_film(trainer, data, settings.inputs)
    net = trainer.net.copy()
    net.theta = film.thetas[-1].astype(float)
    x = features(data.x_train, settings.inputs).astype(np.float32).astype(float)
    return Trained(net, trainer.loss, x, data.t_train, film.message["digest"])


# What a reader does is taken back as far as it can be; then, how the stage looks.
PUT_BACK = """() => {
    const { stage } = document.querySelector('.gs');
    stage.release();
    stage.pauseAt(stage.film.last);
    document.activeElement.blur();
    return [
        stage.canvas.dataset.film, stage.edits.size, stage.find('speed').value,
        document.querySelector(".gs-units button[tabindex='0']").ariaLabel,
        document.querySelectorAll('[data-testid=stPopoverBody]').length,
        stage.canvas.toDataURL(),
    ];
}"""


@pytest.fixture(scope="module")
def as_it_opens() -> list:
    """How the stage looks when the page opens, once it was opened."""
    return []


@pytest.fixture
def page(app, stays, as_it_opens) -> Iterator[Page]:
    """Decision boundaries as it opens: what was done is taken back, or else it is opened anew."""
    page, address = stays.page, f"{app}/boundaries"
    page.mouse.move(600, 5)
    if page.url != address or page.evaluate(PUT_BACK) != as_it_opens:
        page.goto(address)
        settle(page)
        as_it_opens[:] = page.evaluate(PUT_BACK)
    yield page
    stays.had_no_complaint()


def frame(page: Page) -> int:
    return int(page.get_by_test_id("stage").get_attribute("data-frame"))


def last(page: Page) -> int:
    return int(page.get_by_test_id("stage").get_attribute("data-frames")) - 1


def wait_for_frame(page: Page, condition: str) -> None:
    """Until the frame on screen, `f`, is such, and `last` is the film's last one."""
    page.wait_for_function(
        f"() => {{ const {{ frame, frames }} = {CANVAS}.dataset, f = +frame, last = frames - 1;"
        f" return {condition}; }}"
    )


def plays_through(page: Page) -> None:
    """From the first frames to the last, never back, after `KEEP_FRAMES` and a start.

    What lies between is passed over: Home's film is watched from end to end, in test_every_page.
    """
    page.wait_for_function("window.frames_seen.length > 1")
    page.evaluate(f"{STAGE}.position = Math.max({STAGE}.position, {STAGE}.film.last - 9)")
    wait_for_frame(page, "f === last")
    seen = page.evaluate("window.frames_seen")
    assert seen == sorted(seen)
    assert seen[0] < seen[-1] / 2
    assert seen[-1] == last(page)


def place(page: Page, name: str) -> tuple[float, float]:
    return page.evaluate(PLACES)[name]


def number(written: str) -> float:
    """A number as the stage writes it: −1.23 × 10⁻⁵."""
    plain = written.translate(str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789"))
    return float(plain.replace(" × 10", "e"))


def to_three_digits(written: str, exact: float) -> bool:
    return math.isclose(number(written), exact, rel_tol=0.0051, abs_tol=1e-12)


def shown_loss(page: Page) -> float:
    return page.evaluate(f"{STAGE}.scores.loss")


def test_it_opens_on_the_last_frame_of_the_film_that_python_trains(app, visit, trained):
    page = visit.page
    page.goto(f"{app}/boundaries")
    settle(page)
    assert last(page) + 1 >= 100
    assert frame(page) == last(page)
    assert page.get_by_test_id("stage").get_attribute("data-film") == trained.digest
    assert shown_loss(page) == pytest.approx(trained.loss_with(0, trained.net.theta[0]), abs=1e-6)


def test_it_plays_by_mouse_and_by_space_and_pauses(page):
    for start in (
        lambda: page.get_by_role("button", name="Play", exact=True).click(),
        lambda: page.keyboard.press("Space"),
    ):
        page.evaluate(KEEP_FRAMES)
        start()
        plays_through(page)
        page.get_by_role("button", name="Play", exact=True).wait_for()
        page.mouse.click(600, 5)  # leaves the button, so that space is the stage's
    page.get_by_label("Speed").select_option("0.25")
    page.get_by_role("button", name="Play", exact=True).click()
    wait_for_frame(page, "f > 0 && f < last")
    page.get_by_role("button", name="Pause", exact=True).click()
    paused = frame(page)
    page.evaluate(A_FEW_FRAMES)
    assert frame(page) == paused < last(page)
    page.get_by_role("button", name="Play", exact=True).click()
    wait_for_frame(page, f"f > {paused}")


def test_keys_buttons_and_the_slider_go_through_the_frames(page):
    end = last(page)
    for press, expected in (
        (lambda: page.keyboard.press("ArrowLeft"), end - 1),
        (lambda: page.keyboard.press("ArrowLeft"), end - 2),
        (lambda: page.keyboard.press("ArrowRight"), end - 1),
        (lambda: page.get_by_role("button", name="One frame back").click(), end - 2),
        (lambda: page.get_by_role("button", name="One frame on").click(), end - 1),
        (lambda: page.get_by_label("Time", exact=True).press("Home"), 0),
        (lambda: page.get_by_label("Time", exact=True).press("ArrowRight"), 1),
        (lambda: page.get_by_label("Time", exact=True).press("End"), end),
        (lambda: page.get_by_role("button", name="One frame on").click(), end),
    ):
        press()
        assert frame(page) == expected
    bar = page.get_by_label("Time", exact=True).bounding_box()
    y = bar["y"] + bar["height"] / 2
    page.mouse.move(bar["x"] + bar["width"] - 8, y)
    page.mouse.down()
    page.mouse.move(bar["x"] + bar["width"] / 2, y, steps=4)
    page.mouse.up()
    wait_for_frame(page, "Math.abs(f - last / 2) < 0.05 * last")


def test_dragging_on_the_loss_curve_scrubs(page):
    places = page.evaluate(PLACES)
    page.mouse.move(*places["early"])
    page.mouse.down()
    early = frame(page)
    page.mouse.move(*places["late"], steps=5)
    late = frame(page)
    page.mouse.up()
    page.mouse.move(*places["curve"])
    assert 0 < early < late < last(page)
    assert frame(page) == late


def test_speed_changes_how_much_of_the_film_a_second_shows(app, timeless):
    page = timeless.page
    page.goto(f"{app}/boundaries")
    settle(page)
    page.clock.install()
    page.clock.pause_at(datetime.now() + timedelta(minutes=1))
    for speed, shown in (("1", 30), ("2", 60)):
        page.get_by_label("Speed").select_option(speed)
        page.get_by_role("button", name="Play", exact=True).click()
        page.clock.run_for(500)
        assert frame(page) == pytest.approx(shown, abs=2 * float(speed))
        page.get_by_role("button", name="Pause", exact=True).click()
        page.get_by_label("Time", exact=True).press("Home")


def test_the_loss_is_shown_on_a_log_scale_and_back(page):
    button = page.get_by_role("button", name="Loss on a log scale")
    linear = page.evaluate(PIXELS)
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert page.evaluate(PIXELS) != linear
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert page.evaluate(PIXELS) == linear


def test_everything_says_its_numbers_under_the_pointer(page, trained):
    says = {
        "plane": r"x₁ = .*, x₂ = .*the network says 0\.\d+",
        "point": r"point 1, for training.*x₁ = .*\d.*should be [01].*, the network says 0\.\d+",
        "unit": r"unit 1 of hidden layer 1 \(tanh\), bias .*\d\.\d+",
        "answer": r"answer \(sigmoid\), bias .*\d\.\d+",
        "bias": r"bias of unit 1 of hidden layer 1: .*\d\.\d+",
        "link": r"weight from x₁ to unit 1 of hidden layer 1: .*\d\.\d+",
        "curve": r"step \d+, frame \d+ of \d+.*loss \d\.\d+.*accuracy \d\.\d+",
        "space": r"after hidden layer 2.*on one side it says 1",
    }
    places = page.evaluate(PLACES)
    for name, pattern in says.items():
        page.mouse.move(*places[name])
        text = page.get_by_role("tooltip").inner_text()
        assert re.search(pattern, text, re.DOTALL), (name, text)
        if name in ("plane", "point"):
            x = [[number(re.search(rf"x{i} = ([^,\n]+)", text)[1]) for i in "₁₂"]]
            answer = trained.loss.output(trained.net.predict(np.array(x)))
            said = number(re.search(r"network says (.+)", text)[1])
            assert said == pytest.approx(answer.item(), abs=1e-5)
    page.mouse.move(600, 5)
    page.wait_for_function("document.querySelector('.gs-tip').hidden")


def test_a_unit_touched_by_mouse_is_shown_large_until_it_is_closed(page):
    panel = page.locator(".gs-panel")
    places, before = page.evaluate(PLACES), page.evaluate(PIXELS)
    page.mouse.click(*places["unit"])
    assert page.evaluate(f"{STAGE}.touched.unit") == {"layer": 1, "unit": 0}
    assert panel.get_by_text("unit 1 of hidden layer 1").is_visible()
    assert panel.get_by_role("textbox").count() == 3
    page.mouse.move(*places["plane"])
    assert "unit 1 of hidden layer 1 says" in page.get_by_role("tooltip").inner_text()
    assert page.evaluate(PIXELS) != before
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert page.evaluate(f"{STAGE}.touched.unit") is None
    assert page.evaluate(PIXELS) == before
    page.mouse.click(*places["unit"])
    page.mouse.click(*places["unit"])
    assert panel.is_hidden()
    page.mouse.click(*places["input"])
    assert page.evaluate(f"{STAGE}.touched.unit") == {"layer": 0, "unit": 0}
    page.mouse.move(*places["plane"])
    assert "x₁ says" in page.get_by_role("tooltip").inner_text()


def test_a_unit_is_touched_by_keyboard(page):
    focused = "document.activeElement.getAttribute('aria-label')"
    page.locator(".gs-units button[tabindex='0']").focus()
    assert page.evaluate(focused) == "answer"
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "unit 4 of hidden layer 2"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "unit 4 of hidden layer 2"
    page.keyboard.press("Enter")
    assert page.evaluate(f"{STAGE}.touched.unit") == {"layer": 2, "unit": 3}
    assert page.locator(".gs-panel").get_by_text("unit 4 of hidden layer 2").is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".gs-panel").is_hidden()
    assert page.evaluate(focused) == "unit 4 of hidden layer 2"


def test_space_plays_also_when_the_time_slider_was_used_last(page):
    page.get_by_label("Time", exact=True).press("Home")
    page.evaluate(KEEP_FRAMES)
    page.keyboard.press("Space")
    plays_through(page)


PARAMETERS = [
    ("link", 0, "weight from x₁ to unit 1 of hidden layer 1", "−1.5"),
    ("bias", 8, "bias of unit 1 of hidden layer 1", "2.25"),
]


@sweep("where, index, name, typed", PARAMETERS, usual=PARAMETERS[:1])
def test_a_touched_parameter_can_be_changed_and_changed_back(
    page, trained, where, index, name, typed
):
    page.mouse.click(*place(page, where))
    assert page.evaluate(f"{STAGE}.touched.parameter") == index
    field = page.locator(".gs-panel .gs-chosen")
    assert field.get_attribute("aria-label") == name
    assert number(field.input_value()) == pytest.approx(trained.net.theta[index], rel=1e-4)
    before = shown_loss(page)
    assert before == pytest.approx(trained.loss_with(index, trained.net.theta[index]), abs=1e-5)
    field.fill(typed)
    expected = trained.loss_with(index, number(typed))
    assert abs(expected - before) > 0.01
    assert shown_loss(page) == pytest.approx(expected, abs=1e-5)
    field.press("Enter")
    for nonsense in ("abc", "1e400", "", "0x10"):
        field.press("Control+a")
        field.press_sequentially(nonsense) if nonsense else field.press("Delete")
        field.press("Enter")
        complaint = page.locator(".gs-complaint").inner_text()
        assert f"“{nonsense}” cannot be a weight: expected a number" in complaint
        assert shown_loss(page) == pytest.approx(expected, abs=1e-5)
        assert field.input_value() == typed
    field.fill("3")
    field.press("Enter")
    assert page.locator(".gs-complaint").inner_text() == ""
    assert shown_loss(page) == pytest.approx(trained.loss_with(index, 3), abs=1e-5)
    undo = page.get_by_role("button", name="Undo 1 change")
    undo.click()
    assert shown_loss(page) == before
    assert undo.is_hidden()
    assert number(field.input_value()) == pytest.approx(trained.net.theta[index], rel=1e-4)
    field.press("Escape")
    assert page.locator(".gs-panel").is_hidden()


def test_training_goes_on_from_weights_the_reader_changed(page, trained):
    page.mouse.click(*place(page, "link"))
    field = page.locator(".gs-panel .gs-chosen")
    train_on = page.get_by_role("button", name="Train on")
    assert train_on.is_hidden()
    field.fill("-5")
    page.evaluate(KEEP_FRAMES)
    train_on.click()
    page.wait_for_function(f"{CANVAS}.dataset.film !== '{trained.digest}'")
    page.wait_for_function("window.frames_seen.includes(0)")  # it plays, from its beginning
    wait_for_frame(page, "f > 0")
    settle(page)
    page.keyboard.press("End")
    settings = BoundariesSettings()
    data, start = boundaries_data(settings), trained.net.theta.copy()
    start[0] = -5
    trainer = boundaries_trainer(settings, data)
    trainer.net.theta = start
    trainer.run(epochs=settings.epochs)
    expected = trainer.net.theta.astype(np.float32)
    np.testing.assert_allclose(page.evaluate(f"Array.from({STAGE}.theta)"), expected, rtol=1e-6)
    caption = page.locator(".st-key-caption")
    assert caption.inner_text().startswith("It began with the weights that you changed.")
    page.get_by_label("Time", exact=True).press("Home")
    first = page.evaluate(f"Array.from({STAGE}.theta)")
    np.testing.assert_allclose(first, start, rtol=1e-6)
    page.get_by_role("button", name="Link").click()
    page.get_by_text("with the weights that this training began with").wait_for()
    close_popover(page)
    page.get_by_role("button", name="Usual start").click()
    page.wait_for_function(f"{CANVAS}.dataset.film === '{trained.digest}'")


def test_a_start_of_ones_own_goes_with_the_setting_it_was_made_for(page, trained):
    page.mouse.click(*place(page, "link"))
    page.locator(".gs-panel .gs-chosen").fill("-5")
    page.get_by_role("button", name="Train on").click()
    usual = page.get_by_role("button", name="Usual start")
    usual.wait_for()
    settle(page)
    move(page, "Learning rate", "ArrowLeft")
    usual.wait_for(state="detached")
    assert "weights that you changed" not in page.locator(".st-key-caption").inner_text()
    move(page, "Learning rate")
    page.wait_for_function(f"{CANVAS}.dataset.film === '{trained.digest}'")
    assert usual.count() == 0


def test_the_gradient_on_screen_is_the_cores(page, trained):
    grad = trained.gradient()
    theirs = page.evaluate(f"Array.from({STAGE}.gradient())")
    np.testing.assert_allclose(theirs, grad, atol=1e-6)
    parts = {"unit": [0, 4, 8], "answer": [32, 33, 34, 35, 36]}
    for where, indices in parts.items():
        page.mouse.click(*place(page, where))
        shown = page.locator(".gs-panel .gs-number").all_inner_texts()
        for text, index in zip(shown, indices, strict=True):
            assert to_three_digits(text, grad[index]), (text, grad[index])


def test_a_touched_point_shows_its_forward_pass(page, trained):
    panel, touched = page.locator(".gs-panel"), f"{STAGE}.touched.point"
    page.mouse.click(*place(page, "point"))
    assert page.evaluate(touched) == 0
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    for point in (0, 1):
        page.keyboard.press("p")
        assert page.evaluate(touched) == point
        assert panel.get_by_text(f"Point {point + 1} (training)").is_visible()
        trace = trained.net.forward(trained.x[point : point + 1])
        layers = [*trace[1:], trained.loss.output(trace[-1])]
        pairs = zip(layers[::2], layers[1::2], strict=True)
        exact = np.concatenate([np.vstack(z_and_a).T.ravel() for z_and_a in pairs])
        shown = page.evaluate(POINT_NUMBERS)
        for text, value in zip(shown, exact, strict=True):
            assert to_three_digits(text, value), (text, value)
        loss = trained.loss.value(trace[-1], trained.t[point : point + 1])
        words = panel.locator("strong").last.inner_text()
        assert words.startswith(f"Should be {trained.t[point, 0]:.0f}")
        assert to_three_digits(words.split("its own loss is ")[1].rstrip("."), loss)
    page.keyboard.press("Shift+P")
    assert page.evaluate(touched) == 0


def test_tabs_choose_the_layer_whose_space_is_shown(page):
    pixels = {page.evaluate(PIXELS)}
    for name, layer in (("hidden layer 1", 1), ("inputs", 0), ("hidden layer 2", 2)):
        tab = page.get_by_role("button", name=f"Space of {name}")
        tab.click()
        assert page.evaluate(f"{STAGE}.spaceLayer") == layer
        assert page.locator(".gs-tabs [aria-pressed=true]").count() == 1
        assert tab.get_attribute("aria-pressed") == "true"
        pixels.add(page.evaluate(PIXELS))
        if name == "inputs":
            assert page.evaluate(f"{STAGE}.spaceView.names") == ["x₁", "x₂"]
    assert len(pixels) == 3


def test_a_moved_slider_brings_a_new_film_onto_the_same_canvas(page):
    film = f"{CANVAS}.dataset.film"
    old = page.evaluate(film)
    page.keyboard.press("ArrowLeft")
    page.evaluate(WATCH_THE_PICTURE)
    page.evaluate(f"window.kept = {STAGE}")
    move(page, "Hidden units")
    assert page.evaluate(film) != old
    assert frame(page) == last(page)
    assert page.evaluate(f"{STAGE}.film.sizes") == [2, 5, 5, 1]
    watched = page.evaluate(WATCHED)
    assert watched["same"]
    assert page.evaluate(f"window.kept === {STAGE}")
    assert watched["blank"] == 0
    move(page, "Hidden units", "ArrowLeft")
    assert page.evaluate(film) == old
    new = page.evaluate(film)
    page.reload()
    settle(page)
    assert page.evaluate(film) == new


@pytest.mark.sweep
def test_an_old_link_opens_and_the_way_back_to_it_leads_to_no_exception(app, visit):
    page = visit.page
    shape = "boundaries_layers=1&boundaries_hidden=2&boundaries_epochs=10"
    page.goto(f"{app}/boundaries?{shape}&boundaries_init=notebook_c")
    page.wait_for_url("**boundaries_init=study+notes**")
    settle(page)
    assert "The link has" not in page.locator(".st-key-caption").inner_text()
    page.go_back()
    page.wait_for_url("**boundaries_init=study+notes**")
    settle(page)
    assert "The link has" not in page.locator(".st-key-caption").inner_text()


def test_a_film_that_grows_takes_back_nothing_that_the_reader_did(page):
    settings = BoundariesSettings(layers=1, hidden=2, epochs=100)
    data = boundaries_data(settings)
    trainer, films = boundaries_trainer(settings, data), []
    for steps in (500, 500, 500):
        trainer.run(steps=steps)
        films.append(stage_film(trainer, data, settings.inputs).message)
    show = f"(film) => {STAGE}.show(film)"
    page.evaluate(show, films[0])
    page.evaluate(f"{STAGE}.touchUnit(1, 0)")
    field = page.get_by_role("textbox", name="bias of unit 1 of hidden layer 1")
    field.fill("-3")
    page.evaluate(f"{STAGE}.goTo(30)")
    page.evaluate(show, films[1])
    assert frame(page) == 30
    assert field.input_value() in ("-3", "−3")
    assert page.evaluate(f"{STAGE}.edits.size") == 1
    assert page.get_by_role("button", name="Undo 1 change").is_visible()
    page.get_by_role("button", name="Undo 1 change").click()
    page.evaluate(f"{STAGE}.goTo({STAGE}.film.last)")
    page.evaluate(show, films[2])
    assert frame(page) == last(page)  # who looks at the newest goes on doing so
    page.evaluate(f"{STAGE}.goTo(5)")
    other = boundaries_trainer(replace(settings, seed=7), data)
    other.run(steps=500)
    page.evaluate(show, stage_film(other, data, settings.inputs).message)
    assert frame(page) == last(page)  # another film is another film


def test_a_stage_that_was_left_hears_no_more_keys(page):
    page.evaluate(f"window.left = {STAGE}")
    page.get_by_role("link", name="Home").click()
    page.wait_for_function(f"document.querySelector('.gs') && {STAGE} !== window.left")
    settle(page)
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    assert frame(page) == last(page) - 1
    assert page.evaluate("window.left.frame === window.left.film.last && !window.left.playing")


# Elsewhere


SEEN = """() => [...document.querySelectorAll('[data-since]')]
    .filter((place) => getComputedStyle(place).visibility === 'visible')
    .map((place) => place.textContent).join('|')"""


def test_a_saved_film_plays_from_a_file_without_a_network(browser, tmp_path):
    settings = BoundariesSettings(layers=1, epochs=100)
    data = boundaries_data(settings)
    trainer = boundaries_trainer(settings, data)
    trainer.run(epochs=settings.epochs)
    message = stage_film(trainer, data, settings.inputs).message
    steps = np.frombuffer(base64.b64decode(message["steps"]), np.int32).tolist()
    said = [Said(0, "1 < 2 & *3*"), Said(steps[5], "On."), Said(steps[-1], "The end.")]
    file = tmp_path / "film.html"
    file.write_text(film_as_html(message, "A <film>", said, "Changed."), encoding="utf-8")
    with new_page(browser, offline=True) as page:
        visit = Visit(page)
        page.goto(file.as_uri())
        page.wait_for_selector("[data-testid=stage][data-frame]")
        assert page.get_by_role("heading").inner_text() == "A <film>"
        assert page.evaluate(SEEN) == "The end."
        assert page.get_by_test_id("stage").get_attribute("data-film") == message["digest"]
        page.evaluate(KEEP_FRAMES)
        page.keyboard.press("Space")
        plays_through(page)
        for frame, words in ((0, "1 < 2 & 3"), (4, "1 < 2 & 3"), (5, "On."), (6, "On.")):
            page.get_by_label("Time").fill(str(frame))
            assert page.evaluate(SEEN) == words
        tile = page.get_by_label("unit 1 of hidden layer 1").bounding_box()
        page.mouse.click(tile["x"] + tile["width"] / 2, tile["y"] + tile["height"] / 2)
        assert page.locator(".gs-panel").get_by_text("unit 1 of hidden layer 1").is_visible()
        page.keyboard.press("Escape")
        assert page.locator(".gs-panel").is_hidden()
        assert visit.complaints == []
        assert visit.requests == [file.as_uri()]


def test_a_film_can_be_saved_from_the_page(page, tmp_path):
    page.get_by_role("button", name="Link").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as HTML").click()
    assert download.value.suggested_filename == "boundaries.html"
    saved = download.value.path().read_text(encoding="utf-8")
    assert page.get_by_test_id("stage").get_attribute("data-film") in saved
    close_popover(page)


def test_the_weights_can_be_saved_from_the_page_with_the_code_that_runs_them(
    page, trained, tmp_path, monkeypatch
):
    page.get_by_role("button", name="Link").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the weights").click()
    download.value.save_as(tmp_path / download.value.suggested_filename)
    code = page.locator("[data-testid=stCode] code", has_text="def answer").inner_text()
    monkeypatch.chdir(tmp_path)
    room = {}
    exec(code, room)
    answers = trained.loss.output(trained.net.predict(trained.x))
    said = [room["answer"](x1, x2) for x1, x2 in trained.x]
    room["net"].close()
    np.testing.assert_allclose(said, answers[:, 0], atol=1e-6)
    close_popover(page)


def test_it_takes_the_colours_of_light_and_dark(app, visit):
    page, look = visit.page, f"(({{ text, background }}) => [text, background])({STAGE}.look)"
    page.emulate_media(color_scheme="light")
    page.goto(f"{app}/boundaries")
    settle(page)
    light, picture = page.evaluate(look), page.evaluate(PIXELS)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{look}.every((c, i) => c !== {light}[i])")
    changed = page.evaluate(look)
    page.reload()
    settle(page)
    assert page.evaluate(look) == changed
    assert page.evaluate(PIXELS) != picture


@sweep(
    "settings",
    ["layers=0", "dataset=four+points", "dataset=slope", "inputs=x₁²&boundaries_layers=1"],
    usual=["layers=0"],
)
def test_other_networks_and_questions_open_and_answer_a_touch(app, visit, settings):
    page = visit.page
    page.goto(f"{app}/boundaries?boundaries_epochs=100&boundaries_{settings}")
    settle(page)
    assert frame(page) == last(page)
    for name, spot in page.evaluate(PLACES).items():
        page.mouse.move(*spot)
        assert page.get_by_role("tooltip").is_visible(), name
    page.mouse.click(*place(page, "unit"))
    page.keyboard.press("p")
    assert page.locator(".gs-panel").get_by_text("Point 1 (training)").is_visible()
    page.keyboard.press("ArrowLeft")
    assert frame(page) == last(page) - 1


def test_a_training_that_diverged_ends_with_its_divergence(app, visit):
    page = visit.page
    page.goto(
        f"{app}/boundaries?boundaries_lr=100&boundaries_activation=relu"
        "&boundaries_loss=squared_error&boundaries_init=he_normal"
    )
    settle(page)
    assert frame(page) == last(page)
    assert page.evaluate(f"{STAGE}.film.steps[{STAGE}.frame] === {STAGE}.film.diverged_at")
    assert "diverged" in page.locator(".st-key-caption").inner_text()
    page.get_by_label("Time", exact=True).press("Home")
    page.keyboard.press("ArrowRight")
    finite = f"[...{STAGE}.theta, {STAGE}.scores.loss].every(Number.isFinite)"
    assert page.evaluate(finite)
    page.get_by_label("Time", exact=True).press("End")
    page.evaluate(KEEP_FRAMES)
    page.get_by_role("button", name="Play", exact=True).click()
    plays_through(page)


@pytest.mark.sweep
def test_the_largest_network_opens_and_plays(app, visit):
    page = visit.page
    page.goto(
        f"{app}/boundaries?boundaries_layers=6&boundaries_hidden=16"
        "&boundaries_dataset=spiral&boundaries_epochs=100"
    )
    settle(page)
    assert page.evaluate(f"{STAGE}.film.sizes") == [2, *[16] * 6, 1]
    page.evaluate(KEEP_FRAMES)
    page.get_by_role("button", name="Play", exact=True).click()
    plays_through(page)


def test_a_new_film_of_as_many_units_has_units_of_its_own(app, visit):
    page = visit.page
    page.goto(f"{app}/boundaries?boundaries_epochs=10&boundaries_widths=3,2")
    settle(page)
    before = page.evaluate(f"{STAGE}.film.digest")
    page.get_by_role("button", name="More").click()
    layers = page.get_by_role("textbox", name="Layer by layer")
    layers.fill("2,3")
    layers.press("Enter")
    page.wait_for_function(f"{STAGE}.film.digest !== '{before}'")
    close_popover(page)
    page.locator(".gs-units button").nth(4).focus()
    page.keyboard.press("Enter")
    assert "unit 1 of hidden layer 2" in page.locator(".gs-panel").inner_text()


def test_an_open_panel_speaks_of_the_film_that_is_shown(app, visit):
    page = visit.page
    page.goto(f"{app}/boundaries?boundaries_epochs=10")
    settle(page)
    page.locator(".gs-units button").nth(2).focus()
    page.keyboard.press("Enter")
    assert "Answers tanh of this sum" in page.locator(".gs-panel").inner_text()
    page.get_by_role("button", name="More").click()
    page.get_by_role("combobox", name="Activation").click()
    page.get_by_role("option", name="relu", exact=True).click()
    page.wait_for_function(
        "() => document.querySelector('.gs-panel').innerText.includes('relu of this sum')"
    )


def test_in_presenter_mode_it_is_large_and_a_panel_names_its_rows(app, visit):
    page = visit.page
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{app}/boundaries?present=true")
    settle(page)
    assert page.evaluate(f"{STAGE}.look.size") >= 24
    page.locator(".gs-units button").nth(2).focus()
    page.keyboard.press("Enter")
    for label in page.locator(".gs-rows label").all():
        box = label.bounding_box()
        assert box["width"] >= 60
        assert label.evaluate("(e) => e.scrollWidth <= e.clientWidth")
