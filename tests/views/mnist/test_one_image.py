"""One image all the way through: the drawing's numbers add up, and the words say them."""

import base64
import re
from dataclasses import replace

import numpy as np
import pytest

from datasets.digits import TEN
from figures.image_words import one_of, share
from figures.through import PICTURED
from figures.turned import why_not
from recipes.mnist import MnistSettings
from runs.answers import Unseen
from runs.run import Run
from tests.saved_runs import SMALL, small_digits, trained
from views.mnist.one_image import (
    FEW,
    Settings,
    caption,
    maths,
    numbers,
    parse_unit,
    picture,
)


def softmax(scores: np.ndarray) -> np.ndarray:
    powers: np.ndarray = np.exp(scores - scores.max())
    return powers / powers.sum()


def unseen(n=10):
    digits = small_digits()
    return Unseen(digits.x_train[:n], digits.t_train[:n], f"noise {n}")


def made(settings: MnistSettings = SMALL, **asked):
    return numbers(Settings(**asked), Run(trained(18, settings), "an-id"), unseen())


def floats(packed: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed), np.float32)


@pytest.mark.parametrize(
    "settings", [SMALL, replace(SMALL, hidden=20, activation="relu"), replace(SMALL, layers=2)]
)
def test_each_number_of_the_drawing_is_the_sum_of_those_it_is_opened_into(settings):
    message = picture(made(settings, image=3)).message
    p = np.exp(message["scores"]) / np.exp(message["scores"]).sum()
    np.testing.assert_allclose(message["probabilities"], p, rtol=1e-9)
    for score in (0, 7):
        opened = picture(made(settings, image=3, score=score)).message
        assert opened["total"] == opened["scores"][score]
        assert len(opened["rows"]) == settings.hidden
        layer = settings.layers
        for row in opened["rows"][:3]:
            assert row["adds"] == pytest.approx(row["value"] * row["weight"], rel=1e-12)
            unit = picture(made(settings, image=3, sum_of=f"{layer}.{row['unit'] + 1}")).message
            assert unit["total"] == row["sum"]
            assert unit["answer"] == row["value"]
        parts = sum(row["adds"] for row in opened["rows"])
        assert parts + opened["bias"] == pytest.approx(opened["total"], rel=1e-9)


def test_pixels_times_weights_add_up_to_a_unit_and_are_pictured_for_those_that_matter():
    settings = replace(SMALL, hidden=20)
    message = picture(made(settings, image=2)).message
    pictures = floats(message["pictured"]).reshape(PICTURED, 64)
    biases = Run(trained(18, settings), "an-id").saved().theta[64 * 20 : 64 * 20 + 20]
    for row, products in zip(message["rows"], pictures, strict=False):
        assert products.sum() + biases[row["unit"]] == pytest.approx(row["sum"], abs=1e-5)
    unit = picture(made(settings, image=2, sum_of="1.4")).message
    assert unit["rows"] == []
    assert floats(unit["products"]).sum() + unit["bias"] == pytest.approx(unit["total"], abs=1e-5)
    ink = np.frombuffer(base64.b64decode(unit["image"]), np.uint8) / 255
    np.testing.assert_allclose(
        floats(unit["products"]), ink * floats(unit["weights"]), atol=0.6 / 255
    )


def test_in_a_deep_network_a_sum_of_units_leads_to_the_layer_before():
    deep = replace(SMALL, layers=3)
    message = picture(made(deep, sum_of="2.5")).message
    assert (message["layer"], message["unit"], message["layers"]) == (1, 4, 4)
    assert len(message["rows"]) == 5
    assert floats(message["pictured"]).size == 5 * 64  # they see the pixels
    assert floats(picture(made(deep)).message["pictured"]).size == 0  # and these do not


def test_the_caption_says_what_it_is_what_it_is_read_as_and_who_speaks_loudest():
    now = made(image=3)
    assert now.opened is not None
    said, adds = caption(now), now.opened.adds
    assert said.startswith("Image 3 is **")
    assert "Loudest for" in said or (adds <= 0).all()
    if (adds > 0).any():
        assert f"{adds.argmax() + 1} (+" in said.split(";")[0]
    if (adds < 0).any():
        assert f"{adds.argmin() + 1} (−" in said
    assert f"is **{now.opened.total:.3g}**".replace("-", "−") in said
    unit = caption(made(image=3, sum_of="1.2"))
    found = re.search(
        r"Unit 2 adds up ink × weight: \+([\d.]+) where ink speaks for it, −([\d.]+) where against "
        r"it; with its bias ([+−][\d.]+) that is \*\*(−?[\d.]+)\*\*",
        unit,
    )
    speaks, against, bias, total = (float(one.replace("−", "-")) for one in found.groups())
    assert speaks - against + bias == pytest.approx(total, abs=1e-9)
    second = caption(made(replace(SMALL, layers=2), image=3, sum_of="2.4"))
    assert "Unit 4 of hidden layer 2 adds up to **" in second
    assert "unit 4 of layer 2" in second or "nit 4 of hidden layer 2" in second


def test_what_the_link_asks_for_and_is_not_there_is_said():
    said = caption(made(image=99))
    assert said.startswith(
        "There are 10 test digits: image 99 is none of them, so here is the last."
    )
    assert "no unit 1.99, so here is the score" in caption(made(sum_of="1.99"))
    assert "no unit 2.1" in caption(made(sum_of="2.1"))
    with pytest.raises(ValueError, match="such as 1\\.12"):
        parse_unit("unit 12")


def test_a_network_whose_numbers_are_lost_has_nothing_to_show():
    saved = trained(18)
    saved.state["theta"] = np.full_like(saved.theta, np.inf)
    lost = numbers(Settings(), Run(saved, "lost"), unseen())
    assert caption(lost) == "This network's numbers are no longer finite: it reads nothing."
    assert maths(lost)


def test_what_was_drawn_is_followed_like_any_image_and_nothing_drawn_is_said():
    drawn = np.random.default_rng(5).random(64).astype(np.float32)
    run = Run(trained(18), "an-id")
    now = numbers(Settings(image=0), run, unseen()._replace(drawn=drawn))
    np.testing.assert_allclose(now.x, drawn)
    assert caption(now).startswith("What you drew: the network takes it for **")
    message = picture(now).message
    assert (message["number"], message["label"], message["drawn"]) == (0, -1, True)
    assert "Nothing is drawn on the paper, so here is the first image." in caption(made(image=0))
    assert not picture(made(image=0)).message["drawn"]


def test_the_next_mistake_is_the_next_image_that_is_misread_and_after_the_last_the_first():
    now = made(image=1)
    wrong = np.flatnonzero(~now.look.right) + 1
    after = [number for number in wrong if number > 1]
    assert picture(now).message["nextMistake"] == (after or list(wrong))[0]
    last = made(image=int(wrong[-1]))
    assert picture(last).message["nextMistake"] == wrong[0]


def test_the_few_pixels_are_shown_with_what_is_certain_of_them():
    settings = replace(SMALL, hidden=20, activation="relu", init="he_normal")
    now = made(settings, image=3, opens=FEW)
    assert now.way is not None
    said = int(now.way.probabilities.argmax())
    message = picture(now).message
    turned = message["turned"]
    change = floats(turned["change"])
    assert turned["pixels"] == np.flatnonzero(change).tolist()
    count = len(turned["pixels"])

    def answer(changed):
        return softmax(now.net.predict((now.x + changed)[np.newaxis])[0])

    after = answer(change)
    assert after.argmax() != said
    for pixel in turned["pixels"]:
        assert answer(change * (np.arange(64) != pixel)).argmax() == said
    ink = np.frombuffer(base64.b64decode(turned["image"]), np.uint8)
    np.testing.assert_array_equal(ink, np.rint((now.x + change) * 255))
    names = [one_of(TEN, k) for k in (said, int(after.argmax()))]
    enough = "1 pixel is enough" if count == 1 else f"{count} pixels are enough"
    assert turned["title"] == f"{enough}: {names[0]} becomes {names[1]}"
    assert turned["words"][0] == f"before: {names[0]} ({share(now.way.probabilities[said])})"
    inked = int((change > 0).sum())
    marks = [f"{inked} to ink (■)"] * (inked > 0) + [f"{count - inked} to paper (□)"] * (
        count > inked
    )
    assert turned["words"][1] == f"changed: {' and '.join(marks)}"
    assert turned["words"][2] == f"after: {names[1]} ({share(after.max())})"
    words = caption(now)
    assert f"enough to turn that into **{names[1]}** ({share(after.max())})" in words
    scores = [now.net.predict(x[np.newaxis])[0] for x in (now.x, now.x + change)]
    leads = [score[said] - score[after.argmax()] for score in scores]
    led, leads_now, moved = re.search(
        r" led by ([\d.]+) in score, now .* leads by ([\d.]+).*?([\d.]+\d)[,.]", words
    ).groups()
    assert float(led) == pytest.approx(leads[0], abs=0.006)
    assert float(leads_now) == pytest.approx(-leads[1], abs=0.006)
    assert float(led) + float(leads_now) == pytest.approx(float(moved), abs=1e-9)
    if count > 1:
        assert f"about {(leads[0] - leads[1]) / count:.3g} a pixel" in words


def test_an_answer_that_cannot_be_turned_has_one_sentence_why():
    flat = made(replace(SMALL, activation="step"), opens=FEW)
    words = "The gradient is 0 in every pixel: it does not say which to change."
    assert words in caption(flat)
    assert picture(flat).message["turned"]["title"] == words
    assert why_not(["cat"], np.ones(4)).startswith("It knows one class: ")
    assert why_not(["cat", "dog"], np.ones(4)).startswith("Up to 4 pixels were changed")
