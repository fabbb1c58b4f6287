"""Before and after: two moments or two runs, every word by answers that a test has given."""

import base64
from dataclasses import replace

import numpy as np
import pytest

import views.mnist.look
from runs.answers import Answers, Unseen, steps_of
from runs.recording import Recording, recorded_run
from runs.run import Run
from tests.saved_runs import SMALL, small_digits, trained
from views.mnist.before_after import GONE, Settings, caption, early, numbers, parse_run, picture

T = np.array([4] * 5 + [9] * 3 + [1] * 2)
BEFORE = np.array([9, 4, 9, 4, 4, 9, 9, 9, 7, 1])  # 7 right
AFTER = np.array([4, 4, 4, 9, 4, 9, 4, 9, 1, 1])  # 8 right: gained 0, 2, 8; lost 3, 6
SURE = np.array([0.6, 0.9, 0.95, 0.8, 0.7, 0.55, 0.7, 0.9, 0.65, 0.99])


@pytest.fixture
def answered(monkeypatch):
    """Networks that answer just this: at their latest moment and at all others, or another run."""

    def answered(other=None, before=BEFORE, after=AFTER, t=T, lost=False, settings=SMALL, **asked):
        run = Run(trained(18, settings), "a-run-of-mine")

        def answers_of(whose, moment, unseen):
            second = whose is run and moment.step == 18
            said = (after if second else before).astype(np.uint8)
            return Answers(said, SURE[: len(t)].astype(np.float32), SURE, lost and not second)

        monkeypatch.setattr(views.mnist.look, "answers_of", answers_of)
        x = np.linspace(0, 1, len(t) * 64, dtype=np.float32).reshape(-1, 64)
        return numbers(Settings(**asked), run, Unseen(x, t, "these"), other)

    return answered


def another(settings=SMALL, **changes):
    """Another run."""
    saved = trained(9, settings)
    return Run(saved._replace(digits=saved.digits._replace(**changes)), "another-run")


def test_two_moments_of_a_run_are_named_and_counted(answered):
    now = answered(other_moment=0)
    said = caption(now)
    assert said == (
        "After 0 epochs (each weight rounded to one of 255 values a layer) it reads **7 of 10 test "
        "digits** right, after 2 epochs **8**. "
        "Read right only after: **3**; only before: **2**. "
        "They are furthest apart on 2 ones: 1 right and 2."
    )
    message = picture(now).message
    assert message["names"] == ["before", "after"]
    assert message["pair"]["right"][0][4] == message["pair"]["right"][0][9] == 3
    assert message["pair"]["right"][1][4] == 4
    assert message["pair"]["gained"]["heading"] == "3 read right only after"
    assert [one["number"] for one in message["pair"]["gained"]["images"]] == [3, 9, 1]
    assert message["pair"]["lost"]["images"][0] == {
        "number": 4,
        "label": 4,
        "said": [4, 9],
        "sure": ["80%", "80%"],
    }
    assert message["first"]["at"] == 0
    assert message["second"]["moments"][-1] == -1


def test_if_nothing_is_asked_the_left_one_is_near_the_end_of_the_first_epoch():
    assert early([0, 1, 7, 12, 18], 9) == 7
    assert early([0], 9) == 0
    run, digits = Run(trained(18), "an-id"), small_digits()
    now = numbers(Settings(), run, Unseen(digits.x_test, digits.t_test, "noise"))
    assert now.first.moment.step == early(steps_of(run), 9)


def test_the_moment_on_the_left_can_be_any_even_the_latest():
    run, digits = Run(trained(18), "an-id"), small_digits()
    unseen = Unseen(digits.x_test, digits.t_test, "noise")
    steps = steps_of(run)
    for step in (steps[1], steps[-1]):
        now = numbers(Settings(other_moment=step), run, unseen)
        shown = picture(now).message["first"]
        assert shown["moments"][shown["at"]] == step
    assert caption(now).startswith("After 2 epochs it reads")
    assert "Read right only after: **0**; only before: **0**." in caption(now)


def test_weights_stand_beside_each_other_on_one_range_the_most_changed_first():
    run, digits = Run(trained(18), "an-id"), small_digits()
    now = numbers(Settings(), run, Unseen(digits.x_test, digits.t_test, "noise"))
    pair = picture(now).message["pair"]
    one, two = now.weights
    change = np.linalg.norm(two - one, axis=0)
    assert np.diff(change[pair["units"][0]]).max() <= 0
    first, second, difference = (
        np.frombuffer(base64.b64decode(part), np.int8).reshape(-1, 64) * pair["full"] / 127
        for part in pair["weights"]
    )
    full = pair["full"]
    sizes = [one.T, two.T, (two - one).T]
    assert full == pytest.approx(np.percentile(np.abs(sizes), 99.5))
    for sent, whole in zip((first, second, difference), sizes, strict=True):
        shown = np.clip(whole[pair["units"][0]], -full, full)
        np.testing.assert_allclose(sent, shown, atol=full / 250)


def test_two_runs_are_named_and_what_they_differ_in(answered):
    other = another(replace(SMALL, lr=0.3, activation="relu"))
    now = answered(other, other_run="another-run")
    said = caption(now)
    assert said == (
        "The other run after 1 epoch reads **7 of 10 test digits** right, this run after 2 epochs "
        "**8**. "
        "Read right only by this one: **3**; only by the other: **2**. "
        "They are furthest apart on 2 ones: 1 right and 2. "
        "They differ in learning rate (0.3, here 0.1) and activation (relu, here sigmoid)."
    )
    assert "They differ in two settings." in caption(now, brief=True)
    message = picture(now).message
    assert message["names"] == ["the other", "this one"]
    assert message["pair"]["gained"]["heading"] == "3 read right only by this one"
    assert len(message["pair"]["weights"]) == 3
    assert message["settings"]["learning rate"] == "0.1"


def test_networks_of_another_shape_have_no_difference(answered):
    now = answered(another(replace(SMALL, hidden=3)), other_run="another-run")
    pair = picture(now).message["pair"]
    assert len(pair["weights"]) == 2
    assert [len(units) for units in pair["units"]] == [3, 5]
    assert "hidden units (3, here 5)" in caption(now)


def test_of_one_class_only_its_images_are_shown(answered):
    now = answered(truth=4)
    assert "Of 5 fours, read right only after: **2**; only before: **1**." in caption(now)
    assert picture(now).message["pair"]["lost"]["heading"] == "1 read right only before"


def test_what_cannot_be_set_beside_each_other_is_one_sentence(answered):
    gone = answered(None, other_run="a-run-that-is-gone")
    assert caption(gone) == GONE
    assert (picture(gone).message["gone"], picture(gone).message["pair"]) == (True, None)
    large = answered(another(side=28, title="MNIST"), other_run="another-run")
    assert caption(large) == (
        "The other run learned from MNIST, images of 28×28 pixels and not 8×8: the two cannot "
        "read the same."
    )
    letters = answered(
        another(classes=tuple("abcdefghij"), title="letters"), other_run="another-run"
    )
    assert caption(letters).startswith("The other run learned from letters, whose classes are")
    lost = answered(another(), other_run="another-run", lost=True)
    assert caption(lost).startswith("The network before has numbers that are no longer finite")
    assert picture(lost).message["pair"] is None


def test_one_class_and_three_images_are_set_beside_each_other_like_any(answered):
    three = slice(0, 3)
    said = caption(answered(t=T[three], before=BEFORE[three], after=AFTER[three]))
    assert "it reads **1 of 3 test digits** right, after 2 epochs **3**." in said
    none = answered(t=T[:0], before=BEFORE[:0], after=AFTER[:0])
    assert caption(none) == "None of the digits it could be tried on are here."


def test_a_run_beside_itself_is_the_same_run(answered):
    assert answered(None, other_run="a-run-of-mine").same


def test_a_recording_is_set_beside_the_other_one():
    run, other = (recorded_run(one) for one in (Recording.STUDY_NOTES, Recording.CROOKED))
    rng = np.random.default_rng(0)
    unseen = Unseen(rng.random((20, 784), np.float32), rng.integers(0, 10, 20), "noise")
    now = numbers(Settings(other_run="crooked"), run, unseen, other)
    assert "crooked copies (on, here off)" in caption(now) or "more" in caption(now)
    assert caption(now).startswith("A network that has seen crooked digits (a **recording**)")
    assert picture(now).message["choices"] == {"crooked": f"a recording: {other_title()}"}
    small = numbers(Settings(), Run(trained(18), "an-id"), Unseen(unseen.x[:3, :64], T[:3], "x"))
    assert picture(small).message["choices"] == {}


def other_title():
    return Recording.CROOKED.title


def test_a_link_names_a_run_by_letters_that_a_run_can_have():
    assert parse_run("") == ""
    assert parse_run("Ab-_9" * 8) == "Ab-_9" * 8
    for wrong in ("a b", "../x", "a" * 41, "abc", 7):
        with pytest.raises(ValueError, match="the name of a run"):
            parse_run(wrong)
