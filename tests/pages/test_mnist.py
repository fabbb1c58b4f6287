import base64
import gzip
import json
import re
import threading
import time
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

import ui.runs
from datasets.digits import Kind, Subject, bundled_digits
from recipes.mnist import PRESETS, MnistSettings, mnist_net, presets_of
from recipes.settings import Choices, Range, Switch, Text, plain, spoken
from runs.recording import Recording, recorded_run, recording
from runs.shelf import Shelf, shelf
from runs.store import Store
from tests.charts import figure_on, trace_on
from tests.datasets.conftest import idx_bytes
from tests.saved_runs import arrays_in, as_bytes, npz, small_digits, trained
from tests.sweeps import sweep
from tests.words import paragraphs_on
from ui.mnist.keep import as_file
from views.mnist.training import Settings

AWAY = {"mnist_leave", "mnist_delete"}  # the ways to leave a run
LONG = {"mnist_epochs": "200", "mnist_hidden": "64"}


def caption(page):
    return page.markdown[0].value


def run_of(page):
    """The run's id in the page's link, which is a list where the link itself brought it."""
    named = page.query_params["run"]
    return named if isinstance(named, str) else named[0]


def steps_on(page):
    """How far the network is whose weights are shown."""
    return wall_on(page)["steps"][-1]


def buttons(page):
    return {button.key for button in page.button if button.key} - {"mnist_look_again", "class_link"}


def sent(page, key):
    """What a component of ours was sent."""
    (part,) = (p for p in page.get("bidi_component") if p.key == key)
    return json.loads(part.proto.json)


def wall_on(page):
    return sent(page, "mnist_wall")["wall"]


def pictures_on(page):
    wall = wall_on(page)
    array = np.frombuffer(base64.b64decode(wall["pictures"]), np.int8)
    return array.reshape(len(wall["steps"]), len(wall["units"]), wall["side"], wall["side"])


def click(page, key):
    page.button(key=key).click().run()
    assert not page.exception
    return page


def wait_until(page, state, seconds=120):
    """Look again, as the page's own timer would, until the caption has `state` in it."""
    end = time.monotonic() + seconds
    while state not in caption(page):
        assert time.monotonic() < end, caption(page)
        time.sleep(0.05)
        page.run()
        assert not page.exception
    return page.run()  # a page's charts may have been drawn a moment before its caption


def bring(page, key, *files):
    """Upload files, by name and content."""
    given = [(name, content, "application/octet-stream") for name, content in files]
    page.file_uploader(key=key).set_value(given if len(given) > 1 else given[0]).run()
    while any(f"{box}_reading" in page.session_state for box in ("mnist_bring", "mnist_open")):
        page.run()
    assert not page.exception
    return page


@pytest.fixture(params=["bundled", "mnist"])
def digits(request):
    """The page's tests on either kind of digits."""
    return request.getfixturevalue(request.param)


# On opening


def test_an_older_link_that_writes_its_percents_otherwise_opens_as_it_was(open_page):
    page = open_page("mnist", mnist_stop_at="90 %")
    assert page.session_state["mnist_stop_at"] == "90%"
    assert "The link has" not in caption(page)


def test_it_opens_on_the_recording_and_says_so(open_page, digits):
    page = open_page("mnist")
    assert caption(page).startswith("A **recording**: the study notes' network after 83 epochs")
    assert "**97.2%** of the test digits right" in caption(page)
    assert "run" not in page.query_params
    assert buttons(page) == {"mnist_start", "mnist_step", "mnist_on"}
    test = trace_on(page, "mnist_curves", "test digits")
    assert (test["x"][0], test["x"][-1]) == (0, 83)
    assert test["y"][-1] == pytest.approx(0.9721, abs=0.004)
    loss = trace_on(page, "mnist_curves", "loss")
    assert loss["y"][0] > 1.5
    assert loss["y"][-1] < 0.1


def test_the_recordings_weights_can_be_scrubbed_from_noise_to_the_end(open_page, bundled):
    page = open_page("mnist")
    wall, pictures = wall_on(page), pictures_on(page)
    assert pictures.shape[1:] == (50, 28, 28)
    assert (wall["steps"][0], wall["steps"][-1]) == (0, 49_800)
    net = mnist_net(MnistSettings(), 784)
    net.theta = recording().theta
    step = wall["ranges"][-1] / 127
    np.testing.assert_allclose(
        pictures[-1].reshape(50, 784) * step, net.dense[0].W.T, atol=0.51 * step
    )


def test_a_test_digit_is_on_the_paper_and_the_network_says_what_it_reads(open_page, digits):
    pad = sent(open_page("mnist"), "mnist_pad")
    seen = np.frombuffer(base64.b64decode(pad["seen"]), np.uint8)
    saved = recording()
    np.testing.assert_array_equal(seen, saved.samples.images[0])
    crooked, notes = pad["readers"]
    assert (crooked["walled"], notes["walled"]) == (False, True)
    for reader, says in ((crooked, "Sure: a 7"), (notes, "It reads a 7")):
        assert sum(reader["probabilities"]) == pytest.approx(1)
        assert np.argmax(reader["probabilities"]) == saved.samples.labels[0] == 7
        assert reader["answer"].startswith(says)
        assert reader["answer"].endswith("Right.")
    assert (pad["side"], pad["sample"]) == (28, 1)


@pytest.mark.parametrize(("side", "link"), [(28, {}), (8, {"mnist_epochs": "1"})])
def test_a_drawing_is_read_as_the_network_sees_it(open_page, bundled, side, link):
    page = open_page("mnist", **link)
    if link:
        click(page, "mnist_step")
    page.session_state["mnist_ink"] = {"strokes": [[500, 150, 500, 870]], "at": 1}
    page.session_state["mnist_test_digit"] = 0
    pad = sent(page.run(), "mnist_pad")
    seen = np.frombuffer(base64.b64decode(pad["seen"]), np.uint8).reshape(side, side)
    assert np.ptp(np.flatnonzero(seen.any(axis=1))) + 1 == {28: 21, 8: 8}[side]
    assert len(pad["readers"]) == (2 if side == 28 else 1)
    for reader in pad["readers"]:
        assert sum(reader["probabilities"]) == pytest.approx(1)
        assert "Right" not in reader["answer"]
        assert reader["answer"].startswith("Sure") == (reader["name"] == "Crooked digits")
        if side == 28:
            assert np.argmax(reader["probabilities"]) == 1  # an upright line


BAD = [[], [[]], [[1]], [[1, 2, 3]], [[0, 0, 1024, 5]], [[-1, 0, 5, 5]], [[0.5, 1, 2, 3]], "text"]
BAD += [[[True, 1, 2, 3]], [["a", "b"]], [None], {}, [[0, 0, 900, 900] * 2501], [[500, 500]]]


def test_an_empty_sheet_or_one_that_cannot_be_read_asks_for_a_digit(open_page, bundled):
    page = open_page("mnist")
    page.session_state["mnist_test_digit"] = 0
    for ink in (None, "", "%%%", [], {}, *({"strokes": bad} for bad in BAD)):
        page.session_state["mnist_ink"] = ink
        pad = sent(page.run(), "mnist_pad")
        assert not page.exception, ink
        assert pad["seen"] == "", ink
        for reader in pad["readers"]:
            assert reader["answer"].startswith("Draw a digit"), ink
            assert reader["probabilities"] == [None] * 10, ink


def test_another_test_digit_comes_each_time(open_page, bundled):
    page, saved = open_page("mnist"), recording()
    for asked in (2, 3, 200, 201):
        page.session_state["mnist_test_digit"] = asked
        pad = sent(page.run(), "mnist_pad")
        seen = np.frombuffer(base64.b64decode(pad["seen"]), np.uint8)
        np.testing.assert_array_equal(seen, saved.samples.images[(asked - 1) % 200])


def test_without_mnist_it_says_so_in_one_line_and_can_look_again(open_page, bundled, digits_found):
    page = open_page("mnist")
    (note,) = (line.value for line in page.markdown if "scikit-learn" in line.value)
    assert "\n" not in note
    click(page, "mnist_look_again")
    assert caption(page).startswith("A **recording**")
    digits_found()
    assert note in [line.value for line in page.run().markdown]


# While MNIST is looked for


@pytest.fixture
def search(monkeypatch, mnist):
    """MNIST is found when `search` is set, and not before; half of its download is there."""
    found = threading.Event()

    def find(report):
        report("train-images-idx3-ubyte.gz", 0.5)
        assert found.wait(60)
        return mnist

    monkeypatch.setattr("runs.shelf._shelf", Shelf(find))
    monkeypatch.setattr("tests.pages.conftest.FOUND", 0)  # nobody waits
    yield found
    found.set()


def looked_for(page):
    return [line.value for line in page.markdown if "MNIST is being looked for" in line.value]


def test_while_mnist_is_looked_for_the_page_works_and_says_how_far_that_is(
    open_page, search, digits_found, monkeypatch
):
    page = open_page("mnist")
    assert caption(page).startswith("A **recording**")
    (bar,) = page.get("progress")
    assert (bar.proto.text, bar.proto.value) == (
        "Downloading train-images-idx3-ubyte.gz: 50%",
        50,
    )
    (line,) = looked_for(page)
    assert "1,797 smaller digits" in line
    assert "mnist_look_again" not in {button.key for button in page.button}
    click(page, "mnist_step")
    assert pictures_on(page).shape[1:] == (50, 8, 8)  # it can be trained on meanwhile

    search.set()
    monkeypatch.setattr("tests.pages.conftest.FOUND", 60)
    digits_found()
    page.run()
    assert not page.get("progress")
    assert looked_for(page) == []
    click(page, "mnist_over")
    assert pictures_on(page).shape[1:] == (50, 28, 28)


def test_a_run_on_mnist_waits_for_its_digits_and_then_can_go_on(
    open_page, search, digits_found, monkeypatch, tmp_path, mnist
):
    settings = MnistSettings(hidden=5, epochs=200, images=100)
    Store(tmp_path / "runs").save("a-run-on-mnist", trained(3, settings, mnist))
    page = open_page("mnist", run="a-run-on-mnist")
    assert "(3 steps)" in caption(page)
    assert "It learned from MNIST, which are still being looked for" in caption(page)
    assert "mnist_start" not in buttons(page)
    assert pictures_on(page).shape[1:] == (5, 28, 28)

    search.set()
    monkeypatch.setattr("tests.pages.conftest.FOUND", 60)
    digits_found()
    page.run()
    assert "looked for" not in caption(page)
    assert "not here" not in caption(page)
    assert page.button(key="mnist_start").label == "Go on"
    click(page, "mnist_step")
    assert steps_on(page) == 4


# A run


def test_start_puts_a_run_into_the_link_and_trains_it(open_page, digits, hold):
    page = click(open_page("mnist", mnist_lr="1", **LONG), "mnist_start")
    assert run_of(page)
    wait_until(page, "Training, 64 hidden units, learning rate 1:")
    assert buttons(page) == {"mnist_pause", "mnist_stop", *AWAY}
    assert len(page.get("progress")) == 1
    side = shelf().digits().kind.side
    assert pictures_on(page).shape == (1, 64, side, side)
    click(page, "mnist_stop")
    assert "You stopped it here." in caption(page)
    assert buttons(page) == {"mnist_over", "mnist_on", *AWAY}


@sweep("present", ["false", "true"], usual=["false"])
def test_pause_one_batch_go_on_and_to_the_end(open_page, bundled, hold, present):
    page = open_page("mnist", mnist_lr="1", mnist_epochs="30", mnist_batch="10", present=present)
    click(page, "mnist_start")
    click(page, "mnist_pause")
    assert "Paused after" in caption(page)
    assert buttons(page) == {"mnist_start", "mnist_step", "mnist_over", *AWAY}
    assert page.button(key="mnist_start").label == "Go on"
    assert not page.get("progress")
    steps = steps_on(page)
    time.sleep(0.2)
    assert steps_on(page.run()) == steps
    for more in (1, 2, 3):
        assert steps_on(click(page, "mnist_step")) == steps + more
    hold.step = 10**6
    click(page, "mnist_start")
    wait_until(page, "Done: 30.0 of 30 epochs")
    done = trace_on(page, "mnist_curves", "test digits")
    assert done["x"][-1] == 30
    assert done["y"][-1] > 0.9
    assert buttons(page) == {"mnist_over", "mnist_on", *AWAY}
    assert len(wall_on(page)["steps"]) > 10  # now it can be scrubbed


def test_one_batch_from_nothing_is_a_paused_run_of_one_step(open_page, digits):
    page = click(open_page("mnist"), "mnist_step")
    assert re.search(r"Paused after 0\.[01] of 83 epochs", caption(page))
    assert steps_on(page) == 1
    assert run_of(page)


def test_start_over_is_another_run_with_what_the_controls_say_now(open_page, bundled):
    page = click(open_page("mnist", mnist_epochs="2"), "mnist_start")
    wait_until(page, "Done")
    first = run_of(page)
    page.slider(key="mnist_hidden").set_value(12).run()
    assert "The controls say something else" in caption(page)
    assert "50 hidden units" in caption(page)
    click(page, "mnist_over")
    wait_until(page, "Done")
    assert "12 hidden units" in caption(page)
    assert "controls say something else" not in caption(page)
    assert run_of(page) != first
    assert "50 hidden units" in caption(open_page("mnist", run=first))


def test_leave_goes_back_to_the_recording_and_the_link_still_finds_the_run(open_page, bundled):
    page = click(open_page("mnist"), "mnist_step")
    run_id = run_of(page)
    click(page, "mnist_leave")
    assert caption(page).startswith("A **recording**")
    assert "run" not in page.query_params
    assert steps_on(open_page("mnist", run=run_id)) == 1


def test_the_page_stays_usable_while_a_run_goes_on(open_page, bundled, hold):
    page = click(open_page("mnist", **LONG), "mnist_start")
    page.slider(key="mnist_hidden").set_value(12).run()
    assert not page.exception
    assert "The controls say something else" in caption(page)
    assert pictures_on(page).shape[1:] == (64, 8, 8)
    click(page, "mnist_stop")


def test_a_run_is_found_by_its_link_from_another_visit(open_page, bundled):
    page = click(open_page("mnist", mnist_lr="3", mnist_epochs="5"), "mnist_start")
    wait_until(page, "Done")
    elsewhere = open_page("mnist", run=run_of(page))
    assert "Done: 5.0 of 5 epochs" in caption(elsewhere)
    assert "On screen is the run before" in caption(elsewhere)  # the link has no settings
    assert "learning rate 3" in caption(elsewhere)


def test_a_run_of_a_server_that_was_killed_is_found_by_its_link(open_page, bundled, tmp_path):
    settings = MnistSettings(hidden=5, epochs=4, batch=10)
    Store(tmp_path / "runs").save("a-run-of-before", trained(20, settings, bundled_digits()))
    page = open_page("mnist", run="a-run-of-before")
    assert "(20 steps)" in caption(page)
    assert "mnist_start" in buttons(page)
    click(page, "mnist_start")
    wait_until(page, "Done: 4.0 of 4 epochs")


@sweep("run", ["nobody-has-this", "../../etc/passwd", "x", "ü" * 300], usual=["../../etc/passwd"])
def test_a_link_to_a_run_that_is_gone_gets_a_sentence(open_page, bundled, run):
    page = open_page("mnist", run=run)
    assert "not on this server" in page.toast[0].value
    assert "not on this server any more. A **recording**" in caption(page)
    assert "run" not in page.query_params


# The link and the controls


def test_what_a_link_says_is_what_the_controls_show(open_page, bundled):
    page = open_page("mnist", mnist_lr="0.3", mnist_hidden="7", mnist_optimizer="adam")
    assert page.select_slider(key="mnist_lr").value == 0.3
    assert page.slider(key="mnist_hidden").value == 7
    click(page, "mnist_step")
    assert "7 hidden units, learning rate 0.3" in caption(page)


@sweep("written", ["nonsense", "-1", "1e400", "<b>"], usual=["nonsense"])
def test_every_garbage_value_gets_a_sentence_that_says_what_is_expected(
    open_page, bundled, written
):
    page = open_page("mnist", **{Settings.key(name): written for name in Settings.allowed()})
    said = caption(page)
    for name, setting in Settings.allowed().items():
        usual = len(bundled_digits().x_train) if name == "images" else getattr(Settings(), name)
        used = ("off", "on")[usual] if isinstance(usual, bool) else plain(usual)
        if isinstance(setting, Text):  # which stands in its box, as it was written
            assert re.search(rf"(?i){setting.label}: expected .*?, so it counts as empty\.", said)
            continue
        sentence = said.split(f"for {spoken(setting.label)}: expected ")[1].split("The link has")[0]
        assert f", so it is {used}." in sentence, name
    assert "A **recording**" in said


def test_the_preset_that_the_controls_say_is_lit_and_makes_its_point(open_page, bundled):
    page = click(open_page("mnist"), "mnist_step")
    assert caption(page).startswith(PRESETS["Study notes"].point)
    page.slider(key="mnist_hidden").set_value(49).run()
    assert PRESETS["Study notes"].point not in caption(page)


OF_THE_BUNDLED = presets_of(Subject.of(Kind.BUNDLED))


@pytest.mark.parametrize("name", list(OF_THE_BUNDLED))
def test_every_preset_sets_its_controls_and_starts(open_page, bundled, name):
    page = open_page("mnist")
    (pills,) = (g for g in page.button_group if g.key == "mnist_preset")
    pills.set_value(name).run()
    assert not page.exception
    settings = OF_THE_BUNDLED[name].settings
    for field in MnistSettings.allowed():
        assert page.session_state[MnistSettings.key(field)] == getattr(settings, field)
    click(page, "mnist_step")
    assert OF_THE_BUNDLED[name].point in caption(page)


def changes():
    """Every control at another end than where it opens."""
    for name, setting in MnistSettings.allowed().items():
        match setting:
            case Choices(values=values):
                pass
            case Range(low=low, high=high):
                values = (low, high)
            case Switch():
                values = (False, True)
            case Text():
                values = ("", "6, 4")
        if name == "images":
            values = values[:-1]  # the last is for sets that are larger than MNIST
        yield name, next(v for v in (values[-1], values[0]) if v != getattr(MnistSettings, name))


@sweep(
    "name, value", changes(), usual=[c for c in changes() if c[0] in ("widths", "init", "crooked")]
)
def test_every_control_once(open_page, bundled, name, value):
    page = open_page("mnist", mnist_hidden="5")
    key = MnistSettings.key(name)
    kinds = (page.slider, page.select_slider, page.selectbox, page.button_group, page.toggle)
    kinds += (page.text_input,)
    (widget,) = (w for kind in kinds for w in kind if w.key == key)
    widget.set_value(value).run()
    assert not page.exception
    click(page, "mnist_step")
    assert steps_on(page) == 1
    expected = replace(MnistSettings(hidden=5), **{name: value})
    assert pictures_on(page).shape[1] == min(100, expected.units()[0])


def test_the_loss_is_smoothed_on_request(open_page, bundled):
    page = open_page("mnist")
    assert len(trace_on(page, "mnist_curves", "loss, smoothed")["y"]) == 0
    page.toggle(key="mnist_smooth").set_value(True).run()
    smooth = trace_on(page, "mnist_curves", "loss, smoothed")["y"]
    loss = trace_on(page, "mnist_curves", "loss")["y"]
    assert len(smooth) == len(loss)
    assert np.diff(smooth).std() < np.diff(loss).std()
    from_link = trace_on(open_page("mnist", mnist_smooth="true"), "mnist_curves", "loss, smoothed")
    np.testing.assert_array_equal(from_link["y"], smooth)


def link_of(page):
    """The link that the page gives, as parameters."""
    (link,) = (code.value for code in page.code if "\n" not in code.value)
    return {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}


def test_the_link_that_the_page_gives_carries_all_that_its_address_does(open_page, bundled):
    """The smoothed loss was once in the address, and not in the link."""
    asked = {"mnist_smooth": "true", "mnist_lr": "0.3", "mnist_hidden": "7"}
    page = open_page("mnist", **asked)
    assert link_of(page) == asked
    click(page, "mnist_step")
    assert link_of(page) == asked | {"run": run_of(page)}
    page.toggle(key="mnist_smooth").set_value(False).run()
    assert "mnist_smooth" not in link_of(page)


def test_the_maths_is_that_of_the_network_on_the_page(open_page, bundled):
    """It was once that of one sigmoid layer, whatever was trained."""
    link = {"mnist_layers": "2", "mnist_activation": "relu", "mnist_optimizer": "adam"}
    page = open_page("mnist", **link, mnist_hidden="6")

    def maths():
        return "\n".join(line for line in paragraphs_on(page) if "$" in line)

    assert r"a_{1} = \operatorname{sigmoid}(z_{1})" in maths()  # the recording's
    click(page, "mnist_step")
    assert "64-6-6-10 units" in "\n".join(line.value for line in page.markdown)
    assert r"a_{2} = \operatorname{relu}(z_{2})" in maths()
    assert "sigmoid" not in maths()


def test_in_presenter_mode_it_opens_too(open_page, bundled):
    page = open_page("mnist", present="true")
    assert figure_on(page, "mnist_curves")["layout"]["font"]["size"] >= 24
    click(page, "mnist_step")
    assert steps_on(page) == 1


# Keep and bring


def test_a_run_from_a_file_is_shown_and_can_go_on(open_page, bundled):
    settings = MnistSettings(hidden=5, epochs=2, images=100, batch=10)
    saved = trained(9, settings, small_digits(100))
    page = bring(open_page("mnist"), "mnist_open", ("mine.npz", as_bytes(saved)))
    assert "Paused after 0.9 of 2 epochs (9 steps), 5 hidden units" in caption(page)
    assert run_of(page)
    click(page, "mnist_start")
    wait_until(page, "Done: 2.0 of 2 epochs")


def test_a_run_of_other_digits_is_shown_and_its_network_reads(open_page, bundled):
    page = bring(open_page("mnist"), "mnist_open", ("b.npz", as_bytes(recording())))
    assert caption(page).startswith("The study notes' network as it stands")
    assert "Done: 83.0 of 83 epochs" in caption(page)
    assert "It learned from MNIST, which are not here" in caption(page)
    assert "mnist_start" not in buttons(page)
    assert sent(page, "mnist_pad")["readers"][0]["answer"].endswith("Right.")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not an .npz"),
        (b"hello", "not an .npz"),
        (npz({"x": np.arange(3)}), "The file has x of int64: expected floating-point numbers"),
        (as_bytes(trained(9))[:-700], "not an .npz"),
        (as_bytes(trained(9)).replace(b'h\0\0\0i\0\0\0d', b'h\0\0\0a\0\0\0d', 1), "damaged"),
    ],
    ids=["empty", "text", "foreign", "cut", "flipped"],
)  # fmt: skip
def test_a_file_that_is_no_run_gets_its_sentence_and_the_page_stays(
    open_page, bundled, content, said
):
    page = bring(open_page("mnist"), "mnist_open", ("file.npz", content))
    assert said in page.error[0].value
    assert caption(page).startswith("A **recording**")


def test_the_code_beside_a_run_is_the_code_for_that_run(open_page, bundled):
    page = click(open_page("mnist", mnist_hidden="7", mnist_activation="relu"), "mnist_step")
    numpys, torchs, keras = (code.value for code in page.code[-3:])
    assert "np.maximum(z, 0)" in numpys
    assert "nn.Linear(64, 7), nn.ReLU()" in torchs
    assert "keras.Input((64,))" in keras
    assert all(
        'np.load("network.npz", allow_pickle=False)' in code.value for code in page.code[-3:]
    )
    menu = page.selectbox(key="keep_moment")
    assert menu.options == ["after 0.067 epochs", "after 0 epochs"]
    note = "The weights after 0 epochs"
    assert any(c.value.startswith(note) for c in menu.select_index(1).run().caption)


def test_weights_are_opened_asked_about_and_looked_at_by_every_view(open_page, bundled):
    net = mnist_net(MnistSettings(widths="7, 5", activation="relu", init="he_normal"), 64)
    held = {f"{2 * k}.{part}": a for k, layer in enumerate(net.dense)
            for part, a in (("weight", layer.W.T), ("bias", layer.b))}  # fmt: skip
    page = bring(open_page("mnist"), "mnist_open", ("my *net*.npz", npz(held)))
    assert not page.error
    assert "From the file my \\*net\\*.npz: layers of 7 and 5 " in caption(page)
    assert "not trained here. It reads **" in caption(page)
    heads = [note["text"] for note in figure_on(page, "mnist_curves")["layout"]["annotations"]]
    assert any("test digits" in head for head in heads)
    assert not any("unseen" in head for head in heads)  # who knows what it learned from
    (menu,) = (box for box in page.selectbox if "Which activation" in box.label)
    now, said = menu.value, caption(page)
    assert f"here it is {now}." in said
    before = run_of(page)
    reads = next(option for option in menu.options if option.startswith("step: reads "))
    menu.select("step").run()
    assert not page.exception
    assert run_of(page) != before
    assert f"It reads **{reads.removeprefix('step: reads ')}**" in caption(page)
    assert "here it is step." in caption(page)
    page.query_params["mnist_wall_layer"] = "2"
    page.run()
    assert (wall_on(page)["layer"], wall_on(page)["side"], wall_on(page)["inputs"]) == (2, 3, 7)
    page.query_params["mnist_layer"] = "2"
    for view in ("mistakes", "one image", "units", "gradients", "space", "before and after"):
        page.session_state["mnist_view"] = view
        page.run()
        assert not page.exception
        of_a_file = "From my \\*net\\*.npz, not trained here" in caption(page)
        assert of_a_file or view in ("one image", "gradients")


def test_a_run_that_is_over_trains_on_with_other_settings_and_names_where_from(open_page, bundled):
    page = open_page("mnist", mnist_hidden="7", mnist_epochs="1")
    wait_until(click(page, "mnist_start"), "Done: 1.0 of 1 epochs")
    parent = run_of(page)
    page.select_slider(key="mnist_lr").set_value(0.3).run()
    assert "**Train on** does so from this network" in caption(page)
    page.slider(key="mnist_hidden").set_value(8).run()
    (button,) = (b for b in page.button if b.key == "mnist_on")
    assert button.disabled
    assert "only as the network that it is, 1 layer of 7 sigmoid units" in caption(page)
    page.slider(key="mnist_hidden").set_value(7).run()
    page = wait_until(click(page, "mnist_on"), "Done: 1.0 of 1 epochs")
    assert run_of(page) != parent
    assert f"[another run](?run={parent}) as that stood after 1 epoch." in caption(page)


def test_the_recording_trains_on_and_the_run_names_it(open_page, mnist):
    page = open_page("mnist", mnist_images="100", mnist_epochs="1")
    page = wait_until(click(page, "mnist_on"), "Done: 1.0 of 1 epochs")
    said = "It began with the network of a recording, the study notes' network, as that stood after"
    assert f"{said} 83 epochs." in caption(page)


def test_where_its_images_are_not_the_recording_does_not_train_on(open_page, bundled):
    page = open_page("mnist")
    (button,) = (b for b in page.button if b.key == "mnist_on")
    assert button.disabled
    assert "it takes 28×28 pixels" in button.help


def test_two_files_one_after_the_other_and_neither_is_kept_in_its_box(open_page, bundled):
    page = bring(open_page("mnist"), "mnist_open", ("file.npz", b"hello"))
    assert "not an .npz" in page.error[0].value
    (box,) = (u for u in page.file_uploader if u.key.startswith("mnist_open"))
    assert not box.value
    saved = trained(9, MnistSettings(hidden=5, epochs=2, images=100, batch=10), small_digits(100))
    page = bring(page, box.key, ("mine.npz", as_bytes(saved)))
    assert not page.error
    assert "(9 steps)" in caption(page)


def test_a_deleted_run_is_gone_for_everybody_and_one_that_trains_stops_first(
    open_page, bundled, hold, tmp_path
):
    page = click(open_page("mnist", **LONG), "mnist_start")
    run_id = run_of(page)
    run = ui.runs.registry().find(run_id, shelf().digits())
    click(page, "mnist_delete")
    assert "deleted" in page.toast[0].value
    assert caption(page).startswith("The run is deleted: ")
    assert " A **recording**" in caption(page)
    assert "run" not in page.query_params
    assert run.at_rest
    assert not list((tmp_path / "runs").iterdir())
    for _ in range(2):
        run.go_on()  # as from another visitor's page, which still shows it
        run.one_batch()
    assert run.at_rest
    assert not list((tmp_path / "runs").iterdir())
    assert "not on this server" in open_page("mnist", run=run_id).toast[0].value


# Digits of one's own


def idx_files(seed=0, train=200, test=50):
    """Four IDX files of a small set of digits."""
    rng = np.random.default_rng(seed)
    arrays = {
        "train-images-idx3-ubyte": rng.integers(0, 256, (train, 28, 28)),
        "train-labels-idx1-ubyte": np.arange(train) % 10,
        "t10k-images-idx3-ubyte": rng.integers(0, 256, (test, 28, 28)),
        "t10k-labels-idx1-ubyte": np.arange(test) % 10,
    }
    return {f"{name}.gz": gzip.compress(idx_bytes(array)) for name, array in arrays.items()}


def box_for(page, key):
    """The key of the box for these files, which is another one after each use."""
    return next(u.key for u in page.file_uploader if u.key.startswith(key))


def bring_digits(page, **size):
    """Bring a small set of digits and keep it; its name."""
    page = bring(page, box_for(page, "mnist_bring"), *idx_files(**size).items())
    assert not page.error
    for toggle in page.toggle:
        if toggle.key.endswith("_digits"):
            toggle.set_value(True).run()
    keep(page)
    return data_of(page)


def keep(page):
    """Keep what was brought and is shown."""
    button = next(b for b in page.button if b.key.startswith("mnist_offer_") and "keep" in b.key)
    assert not button.disabled
    return click(page, button.key)


def data_of(page):
    named = page.query_params["data"]
    return named if isinstance(named, str) else named[0]


def line_on_own(page):
    return [line.value for line in page.markdown if "that a reader brought:" in line.value]


def shown_digit(page):
    return np.frombuffer(base64.b64decode(sent(page, "mnist_pad")["seen"]), np.uint8)


def first_test_digit(seed=0):
    """The first test digit of `idx_files`, as it was drawn."""
    content = gzip.decompress(idx_files(seed)["t10k-images-idx3-ubyte.gz"])
    return np.frombuffer(content[16 : 16 + 784], np.uint8)


def read_by_the_recording(seed=0):
    """The share of the test digits of `idx_files` that the study notes' network reads right."""
    files = {n: gzip.decompress(content) for n, content in idx_files(seed).items() if "t10k" in n}
    pixels, labels = (
        np.frombuffer(files[f"t10k-{n}.gz"][head:], np.uint8)
        for n, head in (("images-idx3-ubyte", 16), ("labels-idx1-ubyte", 8))
    )
    run = recorded_run(Recording.STUDY_NOTES)
    z = run.net(run.look()).predict(pixels.reshape(-1, 784).astype(np.float32) / 255)
    return (z.argmax(axis=1) == labels).mean()


def test_digits_that_are_brought_are_there_at_once_for_whoever_has_the_link(open_page, digits):
    page = open_page("mnist")
    usual = shown_digit(page)
    name = bring_digits(page)
    (line,) = line_on_own(page)
    assert "200 to train on, 50 to test" in line
    assert "MNIST" not in line + caption(page)
    np.testing.assert_array_equal(shown_digit(page), first_test_digit())
    assert link_of(page)["data"] == name
    assert f"it reads **{read_by_the_recording():.1%}**: it learned from others" in caption(page)

    friend = open_page("mnist", data=name)
    np.testing.assert_array_equal(shown_digit(friend), first_test_digit())
    assert line_on_own(friend) == [line]

    other = open_page("mnist")  # everyone else goes on with what was there
    np.testing.assert_array_equal(shown_digit(other), usual)
    assert line_on_own(other) == []
    assert shelf().digits().kind is (Kind.MNIST if len(shelf().digits().x_train) > 2000
                                     else Kind.BUNDLED)  # fmt: skip


def test_a_run_on_them_is_found_and_goes_on_after_the_server_was_restarted(
    open_page, bundled, monkeypatch
):
    page = open_page("mnist", mnist_hidden="5", mnist_epochs="9", mnist_images="100")
    name = bring_digits(page)
    click(page, "mnist_step")
    assert "MNIST" not in caption(page)
    assert pictures_on(page).shape[1:] == (5, 28, 28)
    run_id = run_of(page)
    ui.runs._registry.cache_clear()
    for link in ({"run": run_id}, {"run": run_id, "data": name}):
        found = open_page("mnist", **link)
        assert "(1 step)" in caption(found) or "(2 steps)" in caption(found)
        assert data_of(found) == name
        click(found, "mnist_step")
    assert "(3 steps)" in caption(found)
    assert "not here" not in caption(found)


def test_back_to_mnist_is_there_while_they_are_shown_and_leads_there(open_page, bundled):
    page = open_page("mnist", mnist_hidden="5")
    usual = shown_digit(page)
    name = bring_digits(page)
    for act in (lambda: None, lambda: click(page, "mnist_step")):
        act()
        assert page.button(key="mnist_back").label == "Back to MNIST"
        assert f"mnist_delete_{name}" in buttons(page)
    click(page, "mnist_back")
    assert caption(page).startswith("A **recording**")
    assert not {"data", "run"} & set(page.query_params)
    np.testing.assert_array_equal(shown_digit(page), usual)
    assert not buttons(page) & {"mnist_back", f"mnist_delete_{name}"}
    assert line_on_own(open_page("mnist", data=name))  # their link still finds them


def test_what_was_brought_and_deleted_is_gone_and_a_run_on_it_can_only_be_looked_at(
    open_page, bundled, hold, tmp_path
):
    page = open_page("mnist", **LONG)
    name = bring_digits(page)
    click(page, "mnist_start")
    run = ui.runs.registry().find(run_of(page), shelf().digits())
    click(page, f"mnist_delete_{name}")
    assert page.toast[0].value.startswith("Deleted: digits that a reader brought (250 images).")
    assert "Deleted: digits that a reader brought (250 images)." in caption(page)
    assert not list((tmp_path / "data").iterdir())
    assert run.at_rest
    assert "It learned from digits that a reader brought, which are not here any more, so it " in (
        caption(page)
    )
    assert "data" not in page.query_params
    assert not buttons(page) & {"mnist_start", "mnist_step", "mnist_back", f"mnist_delete_{name}"}
    run.go_on()  # as from another visitor's page
    assert run.at_rest

    later = open_page("mnist", data=name)
    assert later.toast[0].value == (
        "The images that this link names are not on this server any more: "
        "here is scikit-learn's digits."
    )
    assert ". A **recording**" in caption(later)
    assert "data" not in later.query_params


@sweep("name", ["nobody-has-this", "../../etc/passwd", "x", "ü" * 300, "a\0b"], usual=["a\0b"])
def test_a_link_to_digits_that_never_were_gets_the_same_sentence(open_page, bundled, name):
    page = open_page("mnist", data=name)
    assert "not on this server any more" in page.toast[0].value
    assert "here is scikit-learn's digits. A **recording**" in caption(page)


def test_a_run_of_mnist_says_so_while_other_digits_are_shown(open_page, mnist):
    page = click(open_page("mnist", mnist_hidden="5", mnist_images="100"), "mnist_step")
    assert "learned from" not in caption(page)
    run_id = run_of(page)
    name = bring_digits(page)
    page = open_page("mnist", data=name, run=run_id)
    assert "It learned from MNIST." in caption(page)
    click(page, "mnist_step")
    assert "(2 steps)" in caption(page)


def test_a_run_begun_before_mnist_was_found_says_what_it_learns_from(
    open_page, search, digits_found, monkeypatch, hold
):
    page = click(open_page("mnist", **LONG), "mnist_start")
    search.set()
    monkeypatch.setattr("tests.pages.conftest.FOUND", 60)
    digits_found()
    page = wait_until(page.run(), "Training")
    assert "It learns from scikit-learn's digits." in caption(page)
    click(page, "mnist_stop")


def test_a_run_taken_away_names_its_digits_by_a_digest_and_by_no_link(open_page, bundled):
    page = open_page("mnist", mnist_hidden="5", mnist_images="100")
    name = bring_digits(page)
    click(page, "mnist_step")
    run = ui.runs.registry().find(run_of(page), shelf().digits())
    arrays = arrays_in(as_file(run.saved()))
    assert str(arrays["digest"]) == ui.runs.registry().brought.find(name).digest
    assert name not in str(arrays)
    content = npz(arrays)

    again = bring(page, box_for(page, "mnist_open"), ("mine.npz", content))  # they are shown
    assert "not here" not in caption(again)
    stranger = bring(open_page("mnist"), "mnist_open", ("mine.npz", content))
    assert "which are not here any more" in caption(stranger)
    assert "data" not in stranger.query_params


def test_what_is_wrong_with_digits_that_are_brought_is_told(open_page, bundled, tmp_path):
    name, good = "train-labels-idx1-ubyte.gz", idx_files()
    wrong = good | {name: good["t10k-labels-idx1-ubyte.gz"]}
    page = bring(open_page("mnist"), "mnist_bring", *wrong.items())
    assert "200 images, but train-labels-idx1-ubyte.gz has 50 labels" in page.error[0].value
    page = bring(page, box_for(page, "mnist_bring"), ("cat.jpg", b"\xff\xd8\xffmeow"))
    assert "cat.jpg: is a picture in no folder" in page.error[0].value
    assert not (tmp_path / "data").exists()
    bring_digits(page)
    assert not page.error


def test_digits_can_be_brought_whatever_is_here(open_page, digits):
    page = open_page("mnist")
    for _ in range(2):
        assert {u.label[:5] for u in page.file_uploader} == {"Open ", "Bring"}
        bring_digits(page, seed=1)
