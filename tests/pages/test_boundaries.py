import base64
import html
import json
import re
from urllib.parse import parse_qs

import numpy as np
import pytest

from datasets.plane import PLANE_DATA
from figures.words import Said
from nn_core import ACTIVATIONS, mlp
from recipes.boundaries import PRESETS, BoundariesSettings
from recipes.map import MapSettings
from recipes.settings import Preset, spoken
from tests.films import message_on, unpacked
from tests.sweeps import sweep
from ui.browser.stage import film_as_html
from views.boundaries import map

STAGE = "boundaries_stage"
SHORT = {"boundaries_epochs": "10"}
ALLOWED = BoundariesSettings.allowed()


def film_on(page):
    return unpacked(message_on(page, STAGE))


def caption_on(page):
    return page.markdown[0].value


def link_on(page):
    """What the page says is its own link, as `open_page` takes it."""
    (link,) = (line.value for line in page.code if re.match(r"[^\s()]*\?|$", line.value))
    return parse_qs(link.partition("?")[2])


def preset_pills(page):
    (pills,) = (group for group in page.get("button_group") if group.key == "boundaries_preset")
    return pills


def settings_on(page):
    """The settings that the widgets say."""
    said = {name: page.session_state[BoundariesSettings.key(name)] for name in ALLOWED}
    return BoundariesSettings(**said | {"inputs": tuple(said["inputs"])})


def test_a_preset_of_another_view_is_in_the_address_with_all_that_it_sets(open_page, monkeypatch):
    few = Preset(MapSettings(epochs=10, each=1, side=1))
    monkeypatch.setitem(map.PRESETS, "Do more units help?", few)
    page = open_page("boundaries", **SHORT)
    preset_pills(page).set_value("Do more units help?").run()
    assert not page.exception
    said = {name: page.query_params.get(f"boundaries_{name}") for name in ("view", "each", "side")}
    assert said == {"view": "map", "each": "1", "side": "1"}


# The film and its caption


def test_it_opens_on_a_network_that_has_learned_xor(open_page):
    page = open_page("boundaries")
    film = film_on(page)
    assert film["sizes"] == [2, 4, 4, 1]
    assert (film["steps"][0], film["steps"][-1]) == (0, 20_000)
    assert film["history"]["accuracy"][-1] == 1
    assert film["trained"] == 200
    assert len(film["points"]) == 250
    assert "after **20,000** steps (1,000 epochs), it gets **100.0%** of its points" in caption_on(
        page
    )
    assert not page.exception


def test_the_last_frame_answers_as_the_caption_says(open_page):
    film = film_on(open_page("boundaries"))
    a, start = film["points"][:, :2], 0
    for n_in, n_out in zip(film["sizes"], film["sizes"][1:], strict=False):
        theta = film["thetas"][-1][start : (start := start + (n_in + 1) * n_out)]
        z = a @ theta[: n_in * n_out].reshape(n_in, n_out) + theta[n_in * n_out :]
        a = np.tanh(z)
    right = (z[:, 0] > 0) == (film["points"][:, 2] == 1)
    assert right[: film["trained"]].mean() == film["history"]["accuracy"][-1]
    assert right[film["trained"] :].mean() == film["history"]["val_accuracy"][-1]


def test_every_change_of_a_slider_trains_anew(open_page):
    page = open_page("boundaries", **SHORT)
    losses = [film_on(page)["history"]["loss"][-1]]
    page.select_slider(key="boundaries_lr").set_value(0.1).run()
    losses.append(film_on(page)["history"]["loss"][-1])
    page.slider(key="boundaries_hidden").set_value(8).run()
    losses.append(film_on(page)["history"]["loss"][-1])
    page.button_group(key="boundaries_dataset").set_value("circles").run()
    losses.append(film_on(page)["history"]["loss"][-1])
    assert len(set(losses)) == 4
    assert not page.exception


def test_the_study_notes_network_ends_at_its_printed_outputs_on_a_plateau(open_page):
    page = open_page("boundaries")
    preset_pills(page).set_value("Two can, sometimes").run()
    assert film_on(page)["steps"][-1] == 150_000
    caption = caption_on(page)
    assert "two of the four answers are stuck near ½: **0.4998** and **0.5002**" in caption
    assert "plateau" in caption
    assert "local minimum" not in caption
    assert not page.exception


def test_a_network_that_diverges_says_at_which_step(open_page):
    page = open_page(
        "boundaries",
        boundaries_lr="100",
        boundaries_activation="relu",
        boundaries_loss="squared_error",
        boundaries_init="he_normal",
    )
    step = film_on(page)["diverged_at"]
    assert step > 0
    assert f"At step **{step:,}**" in caption_on(page)
    assert "*diverged*" in caption_on(page)


CHOICES = [
    *[("dataset", name) for name in PLANE_DATA],
    *[("activation", name) for name in ACTIVATIONS],
    *[(name, v) for name in ("optimizer", "init", "loss") for v in ALLOWED[name].values],
]


# One of each setting.
USUAL = [
    *[("dataset", "moons"), ("activation", "relu"), ("optimizer", "adam")],
    *[("init", "he_normal"), ("loss", "squared_error")],
]


@sweep("name, value", CHOICES, usual=USUAL)
def test_every_choice_of_a_link_opens_on_its_film(open_page, name, value):
    page = open_page("boundaries", **SHORT, **{f"boundaries_{name}": value})
    assert page.session_state[f"boundaries_{name}"] == value
    film = film_on(page)
    assert np.isfinite(film["thetas"]).all()
    assert np.isfinite(film["history"]["loss"]).all()
    if name == "activation":
        assert film["activations"] == [value, value]
    if name == "loss":
        assert film["loss"] == value
    assert "The link has" not in caption_on(page)


@pytest.mark.parametrize("end", [0, -1])
def test_both_ends_of_all_numbers_at_once_open(open_page, end):
    ends = {
        name: setting.values[end]
        if hasattr(setting, "values")
        else (setting.low, setting.high)[end]
        for name, setting in ALLOWED.items()
        if name not in ("widths", "inputs", "dataset", "activation", "init", "optimizer", "loss")
        and name != "own_points"
    }
    link = {f"boundaries_{name}": f"{value:.10g}" for name, value in ends.items()}
    page = open_page("boundaries", **link | SHORT | {"boundaries_batch": "1000"})
    assert film_on(page)["sizes"] == [[2, 1], [2, 16, 16, 16, 16, 16, 16, 1]][end]
    assert "The link has" not in caption_on(page)


# What does not fit, and garbage


@pytest.mark.parametrize(
    "wrong",
    [
        {"lr": "0", "hidden": "1e400", "dataset": "nope"},
        {"lr": "1e9", "hidden": "-3", "inputs": "nope"},
        {"lr": "abc", "hidden": "nan", "activation": "TANH"},
        {"lr": "nan", "hidden": "999", "seed": "400"},
        {"lr": "-1", "hidden": ""},
    ],
    ids=str,
)
def test_a_link_with_garbage_opens_on_the_default_and_says_so(open_page, wrong):
    page = open_page("boundaries", **SHORT, **{f"boundaries_{k}": v for k, v in wrong.items()})
    assert settings_on(page) == BoundariesSettings(epochs=10)
    for name, value in wrong.items():
        label = spoken(ALLOWED[name].label)
        assert f"The link has “{value}” for {label}: expected " in caption_on(page)


def test_an_old_links_word_for_the_study_notes_start_opens_it(open_page):
    shape = {"boundaries_layers": "1", "boundaries_hidden": "2"}
    page = open_page("boundaries", **SHORT, **shape, boundaries_init="notebook_c")
    assert page.session_state["boundaries_init"] == "study notes"
    np.testing.assert_array_equal(
        film_on(page)["thetas"][0], mlp([2, 2, 1], init="notebook_c").theta.astype(np.float32)
    )
    assert "The link has" not in caption_on(page)
    assert link_on(page)["boundaries_init"] == ["study notes"]


def test_what_else_is_wrong_with_an_old_link_is_still_said(open_page):
    page = open_page(
        "boundaries",
        **SHORT,
        boundaries_init="notebook_c",
        boundaries_lr="7",
        boundaries_layers="1",
    )
    assert page.session_state["boundaries_init"] == "study notes"
    assert "The link has “7” for learning rate" in caption_on(page)


def test_layers_that_cannot_be_read_leave_the_sliders_in_charge_and_say_so(open_page):
    page = open_page("boundaries", **SHORT, boundaries_widths="abc")
    assert film_on(page)["sizes"] == [2, 4, 4, 1]
    assert "Layer by layer: “abc” is not a layer" in caption_on(page)


def test_no_inputs_at_all_are_the_usual_ones_and_say_so(open_page):
    page = open_page("boundaries", **SHORT)
    (pills,) = (group for group in page.get("button_group") if group.key == "boundaries_inputs")
    pills.set_value([]).run()
    assert film_on(page)["inputs"] == ["x₁", "x₂"]
    assert "Inputs: at least one is needed, so it is x₁, x₂." in caption_on(page)


def test_what_does_not_fit_is_replaced_and_says_so_and_the_link_keeps_it(open_page):
    page = open_page("boundaries", **SHORT, boundaries_dataset="hills")
    assert film_on(page)["loss"] == "squared_error"
    assert "so the loss is squared_error" in caption_on(page)
    assert link_on(page) == {"boundaries_epochs": ["10"], "boundaries_dataset": ["hills"]}


# Presets, layers, links


QUICK = [name for name in PRESETS if name != "Two can, sometimes"]


@pytest.mark.parametrize("name", QUICK)
def test_a_preset_sets_every_control_and_is_lit_and_makes_its_point(open_page, name):
    page = open_page("boundaries", **SHORT, boundaries_widths="3", boundaries_inputs="x₁")
    assert not preset_pills(page).value
    preset_pills(page).set_value(name).run()
    preset = PRESETS[name]
    assert settings_on(page) == preset.settings
    assert preset_pills(page).value == name
    assert caption_on(page).startswith(preset.point)
    assert not page.exception


def test_a_preset_goes_out_when_a_control_moves(open_page):
    page = open_page("boundaries")
    preset_pills(page).set_value("Too slow").run()
    page.select_slider(key="boundaries_lr").set_value(0.001).run()
    assert not preset_pills(page).value
    assert PRESETS["Too slow"].point not in caption_on(page)


@pytest.mark.parametrize("slider", ["hidden", "layers"])
def test_a_moved_slider_counts_for_every_layer_again(open_page, slider):
    page = open_page("boundaries", **SHORT, boundaries_widths="7, 5 relu")
    assert film_on(page)["sizes"] == [2, 7, 5, 1]
    assert film_on(page)["activations"] == ["tanh", "relu"]
    page.slider(key=f"boundaries_{slider}").set_value(3).run()
    assert page.text_input(key="boundaries_widths").value == ""
    assert film_on(page)["sizes"] == {"hidden": [2, 3, 3, 1], "layers": [2, 4, 4, 4, 1]}[slider]


def test_the_link_opens_the_page_as_it_is(open_page):
    every = BoundariesSettings(
        lr=0.1,
        hidden=3,
        dataset="spiral",
        layers=1,
        widths="5, 3 relu",
        activation="gelu",
        init="he_normal",
        inputs=("x₁x₂", "sin x₂", "x₁²"),
        seed=7,
        optimizer="adam",
        batch=20,
        epochs=30,
        loss="squared_error",
        l1=0.0001,
        l2=0.001,
        dropout=0.1,
        noise=0.05,
        points=100,
        train=60,
        data_seed=5,
    )
    usual = BoundariesSettings()
    names = [name for name in ALLOWED if name != "own_points"]  # of other data, so in no link
    assert all(getattr(every, name) != getattr(usual, name) for name in names)
    page = open_page("boundaries")
    for name in names:
        value = getattr(every, name)
        page.session_state[f"boundaries_{name}"] = list(value) if name == "inputs" else value
    page.run()
    link = link_on(page)
    assert link.keys() == {f"boundaries_{name}" for name in names}
    again = open_page("boundaries", **link)
    assert settings_on(again) == every
    assert film_on(again)["digest"] == film_on(page)["digest"]
    assert link_on(again) == link


def test_a_page_at_its_defaults_has_a_link_without_parameters(open_page):
    assert link_on(open_page("boundaries")) == {}


# Weight, and what is taken away


def test_the_film_of_the_page_is_light(open_page):
    message = message_on(open_page("boundaries"), STAGE)
    assert len(json.dumps(message)) < 100_000
    assert len(film_as_html(message, "A title", [Said(0, "A caption")]).encode()) < 300_000


def test_the_saved_film_fetches_nothing_and_holds_the_film(open_page):
    message = message_on(open_page("boundaries", **SHORT), STAGE)
    page = film_as_html(message, "<Title>", [Said(0, "5 < 6 & 7")])
    for fetching in ("http", "//cdn", "src=", "@import", "url(", "fetch(", "import("):
        assert fetching not in page
    assert f"<h1>{html.escape('<Title>')}</h1>" in page
    assert f'<span data-since="0">{html.escape("5 < 6 & 7")}</span>' in page
    (shown,) = re.findall(r"^openSaved\((.*)\);$", page, re.MULTILINE)
    assert json.loads(shown) == message
    assert base64.b64decode(json.loads(shown)["steps"])


def test_no_text_of_a_film_can_end_the_saved_films_script():
    page = film_as_html({"inputs": ["</script><b>"]}, "", [])
    assert page.count("</script>") == 1


def test_a_link_cannot_put_pictures_or_links_on_the_page(open_page):
    page = open_page("boundaries", **SHORT, boundaries_widths="![a](https://e.x/a.png)" * 99)
    assert "![" not in caption_on(page)
    assert "https://" not in caption_on(page)
    assert len(caption_on(page)) < 600
