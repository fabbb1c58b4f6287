"""What there is hardly anything of, in every view that looks into a network: one sentence, or less
than usual; never a number that is none."""

import json
from dataclasses import replace

import numpy as np
import pytest

from datasets.digits import Kind, Subject
from runs.answers import Unseen
from runs.run import Run
from tests.saved_runs import SMALL, small_digits, trained
from views.mnist import before_after, gradients, mistakes, one_image, space, units

VIEWS = {
    "mistakes": (mistakes, {}),
    "one image": (one_image, {}),
    "a unit of one image": (one_image, {"sum_of": "1.2"}),
    "few pixels": (one_image, {"opens": "few pixels"}),
    "units": (units, {"off": "1.1,1.3"}),
    "gradients": (gradients, {}),
    "space": (space, {}),
    "before and after": (before_after, {}),
}
DIGITS = small_digits()
LOST = "This network's numbers are no longer finite: it reads nothing."


def images(n=10, t=None, name="", drawn=None):
    labels = DIGITS.t_test[:n] if t is None else np.full(n, t)
    return Unseen(DIGITS.x_test[:n], labels, f"{n} {t} {name}", drawn=drawn)


def run_of(theta=None, subject=None, settings=SMALL):
    saved = trained(18, settings)
    if theta is not None:
        saved.state["theta"] = np.full_like(saved.theta, theta)
        saved.state["diverged_at"] = np.array(18)
    return Run(saved._replace(digits=subject or saved.digits), "an-id")


def looked_at(view, run, unseen, brief=False, **asked):
    """What is said, and what the browser would be sent; None where there is nothing to draw."""
    which, settings = VIEWS[view]
    now = which.numbers(which.Settings(**settings | asked), run, unseen)
    said = which.caption(now, brief)
    if now.look.nothing:
        return said, None
    message = which.picture(now, brief).message
    json.dumps(message, allow_nan=False)
    return said, message


@pytest.mark.parametrize("brief", [False, True], ids=["on a page", "on a projector"])
@pytest.mark.parametrize("unseen", [images(10, 4), images(3), images(1)], ids=["one class", *"31"])
@pytest.mark.parametrize("view", VIEWS)
def test_one_class_three_images_and_one_alone_are_looked_at(view, unseen, brief):
    for settings in (SMALL, replace(SMALL, layers=2)):
        said, message = looked_at(view, run_of(settings=settings), unseen, brief)
        assert "nan" not in said.lower()
        if view == "space" and len(unseen.t) == 1:
            assert said == "A single test digit has no neighbour to lie beside."
            assert message is None
        else:
            assert said
            assert message is not None


@pytest.mark.parametrize("view", VIEWS)
def test_without_any_image_one_sentence_says_so(view):
    said, message = looked_at(view, run_of(), images(0))
    assert said == "None of the digits it could be tried on are here."
    assert message is None


@pytest.mark.parametrize("theta", [np.nan, np.inf, 3e38])
@pytest.mark.parametrize("view", VIEWS)
def test_a_run_that_diverged_gets_one_sentence(view, theta):
    said, message = looked_at(view, run_of(theta), images(name=str(theta), drawn=DIGITS.x_test[0]))
    assert said == LOST
    assert message is None


@pytest.mark.parametrize("view", VIEWS)
def test_a_moment_from_before_it_diverged_is_looked_at(view):
    said, message = looked_at(view, run_of(np.nan), images(name="before"), moment=2)
    assert said
    if view == "space":  # whose directions are those of the latest moment
        assert said == LOST
        assert message is None
    else:
        assert message is not None


@pytest.mark.parametrize("view", VIEWS)
def test_two_classes_of_long_names_are_looked_at(view):
    names = ("a class whose name is long", "**another**")
    subject = Subject(Kind.BUNDLED, "these", 8, names)
    saved = trained(
        18,
        SMALL,
        small_digits()._replace(classes=names, t_train=np.arange(87) % 2, t_test=np.arange(10) % 2),
    )
    run = Run(saved._replace(digits=subject), "an-id")
    said, message = looked_at(view, run, images(6, 1, "two"))
    assert message is not None
    assert "**another**" not in said
