"""Of clothes, letters or whatever was brought, every word says what it is, and never a digit."""

import re

import numpy as np
import pytest

from datasets.digits import Images, Kind, Subject
from datasets.known import CLOTHES
from recipes.mnist import PRESETS, MnistSettings, presets_of
from runs.recording import Recording, recorded_run
from runs.run import Run, State, TrainingRun
from runs.store import Store
from runs.workers import Workers
from tests.saved_runs import small_digits
from tests.words import in_full
from views.mnist.training import Settings, caption, maths, numbers, picture, try_this
from views.mnist.training.kept import kept_caption
from views.mnist.training.paper import OnPaper, Reader, answer, drawn_on, reading, tried_on
from views.mnist.training.subject import question
from views.mnist.training.unit import opened_unit
from views.mnist.training.wall import importance, weight_wall

FASHION = Subject(Kind.BROUGHT, "Fashion-MNIST", 28, CLOTHES)
SETTINGS = MnistSettings(hidden=4, epochs=2, batch=10, images=100)


def clothes(n=60, subject=FASHION):
    rng = np.random.default_rng(0)
    x = rng.integers(0, 256, (n, 28, 28), np.uint8)
    y = (np.arange(n) % 10).astype(np.uint8)
    images = Images(x, y, x[:30], y[:30])
    return images.digits(Kind.BROUGHT, "", "the-name-of-them", subject.title, subject.classes)


@pytest.fixture
def run(tmp_path):
    made = TrainingRun(SETTINGS, clothes(), Workers(1), Store(tmp_path))
    made.one_batch()
    return made


def said(run, here=None, **changes):
    now = numbers(Settings(**vars(run.settings)), run, here=here)
    return caption(now._replace(progress=now.progress._replace(**changes)))


def test_an_answer_says_the_name_of_a_class():
    probabilities = np.full(10, 0.002)
    probabilities[6] = 0.982
    assert answer(probabilities, 6, classes=CLOTHES) == "It reads Shirt (98%). Right."
    assert answer(probabilities, 8, classes=CLOTHES) == "It reads Shirt (98%). It is Bag."
    assert answer(np.full(10, 0.1), classes=CLOTHES).startswith("Not sure: T-shirt/top (10%) or")
    assert "digit" not in answer(None, classes=CLOTHES)


def test_digits_of_two_classes_are_still_said_as_digits():
    assert answer(np.array([0.1, 0.9]), classes=("3", "8")) == "It reads an 8 (90%)."


def test_what_is_drawn_is_read_by_the_names_and_never_called_too_much_ink_for_a_digit():
    scribble = [np.array([(x % 900 + 50, 50 + 900 * (x % 2)) for x in range(0, 5000, 37)])]
    assert drawn_on(scribble, Subject.of(Kind.MNIST)).doubt
    assert not drawn_on(scribble, FASHION).doubt


def test_captions_curves_and_maths_speak_of_images(run):
    for state in State:
        words = said(run, state=state)
        assert "digit" not in words
    now = numbers(Settings(**vars(SETTINGS)), run)
    assert "of the test images right" in caption(now)
    figure = picture(now)
    names = {trace.name for trace in figure.data}
    assert {"training images", "test images"} <= names
    assert not re.search("digit", figure.to_json())
    first = " ".join(maths(now)[:-2])  # the last two are on the recordings
    assert "T-shirt/top first" in first
    assert "digit 0" not in first


def test_what_a_run_ended_with_names_the_class_that_it_calls_all(tmp_path):
    still = MnistSettings(hidden=4, epochs=1, batch=10, images=100, init="zeros", lr=0.0001)
    made = TrainingRun(still, clothes(), Workers(1), Store(tmp_path))
    for _ in range(made.look().steps):
        made.one_batch()
    assert made.look().state is State.FINISHED
    words = said(made)
    called = re.search(r"it calls every one (.*?)\.", words)[1]
    assert called.replace("\\", "") in CLOTHES
    assert "digit" not in words


def test_names_are_never_markdown(tmp_path):
    evil = FASHION._replace(title="![](https://a.b/c.png)", classes=(*CLOTHES[:9], "**bold**"))
    made = TrainingRun(SETTINGS, clothes(subject=evil), Workers(1), Store(tmp_path))
    made.one_batch()
    over = Run(made.saved(), "an-id")
    words = said(over) + said(made, here=small_digits(side=28))
    assert "](https" not in words
    assert r"\!\[\]\(https" in words
    on_recording = said(recorded_run(), here=clothes(subject=evil))
    assert r"\!\[\]\(https" in on_recording


def test_the_recordings_read_digits_though_clothes_are_on_the_page():
    here = clothes()
    for which in Recording:
        images, labels = tried_on(recorded_run(which), here)
        assert images.shape[1] == 784
        assert not np.array_equal(images[:10], here.x_test[:10] / np.float32(255))
        assert labels.max() == 9


def test_a_run_on_clothes_never_reads_a_digit_as_a_test_image(run):
    images, labels = tried_on(run, clothes())
    np.testing.assert_array_equal(labels, clothes().t_test)
    alone = Run(run.saved(), "an-id")
    images, labels = tried_on(alone, small_digits(side=28))
    assert images.shape == (0, 784)
    assert labels.shape == (0,)
    nothing = reading(Reader(alone.net(alone.look()), classes=CLOTHES), OnPaper(None))
    assert nothing.probabilities.shape == (10,)


LETTERS = Subject(Kind.BROUGHT, "letters", 28, tuple("abcdefghijklmnopqrstuvwxyz"))
TWO = Subject(Kind.BROUGHT, "cats or dogs", 28, ("cat", "dog"))
SMALL = Subject(Kind.BROUGHT, "small signs", 16, ("one way", "no way", "8"))


def images_of(subject, n=90):
    rng = np.random.default_rng(0)
    x = rng.integers(0, 256, (n, subject.side, subject.side), np.uint8)
    y = (np.arange(n) % len(subject.classes)).astype(np.uint8)
    images = Images(x, y, x[:60], y[:60])
    return images.digits(Kind.BROUGHT, "", "the-name-of-them", subject.title, subject.classes)


@pytest.mark.parametrize("subject", [FASHION, LETTERS, TWO, SMALL], ids=lambda s: s.title)
def test_an_opened_unit_and_the_wall_have_each_class(subject, tmp_path):
    here = images_of(subject)
    run = TrainingRun(SETTINGS, here, Workers(1), Store(tmp_path))
    for _ in range(3):
        run.one_batch()
    progress, tried = run.look(), tried_on(run, here)
    net = run.net(progress)
    one = opened_unit(progress, net, 2, *tried, over_time=True)
    np.testing.assert_array_equal(one.outgoing, net.dense[1].W[2])
    assert one.outgoing.shape == (len(subject.classes),)
    assert one.images.shape[1] == subject.side**2
    assert set(one.labels) <= set(range(len(subject.classes)))
    wall = weight_wall(progress, net, tried[0], over_time=True)
    assert wall.outgoing.shape[2] == len(subject.classes)
    assert wall.biases.shape[1] == SETTINGS.hidden + len(subject.classes)
    assert wall.side == subject.side


def test_where_the_images_are_gone_a_unit_opens_and_nothing_is_said_of_them(run):
    none = tried_on(Run(run.saved(), "an-id"), small_digits(side=28))
    progress = run.look()
    net = run.net(progress)
    one = opened_unit(progress, net, 0, *none, over_time=False)
    assert one.tried == 0
    assert len(one.images) == len(one.labels) == one.most.size == 0
    one.message()
    np.testing.assert_array_equal(importance(net, none[0]), np.zeros(SETTINGS.hidden))


def ended_run(settings, tmp_path):
    made = TrainingRun(settings, clothes(), Workers(1), Store(tmp_path))
    for _ in range(made.look().steps):
        made.one_batch()
    assert made.look().state is State.FINISHED
    return made


def test_what_is_said_to_be_tried_and_what_a_file_says_is_never_of_digits(tmp_path):
    own = Settings(hidden=4, epochs=1, batch=10, images=100)
    now = numbers(own, ended_run(own.recipe, tmp_path))
    for trained in [now.trained, *(preset.settings for preset in PRESETS.values())]:
        tried = try_this(own, now._replace(trained=trained, ended=None))
        assert not re.search("digit|97%", tried.what + tried.why)
    assert "test images right" in kept_caption(now, True)
    assert "digit" not in kept_caption(now, True)


def test_a_presets_point_is_on_digits_and_is_made_of_nothing_else(tmp_path):
    preset = PRESETS["Five images by heart"]
    made = TrainingRun(preset.settings, clothes(), Workers(1), Store(tmp_path))
    assert preset.point not in said(made)
    chosen = numbers(Settings(**vars(PRESETS["Too slow"].settings)), recorded_run(), here=clothes())
    assert chosen.point == ""


OF_DIGITS_ALONE = re.compile("digit|handwriting|97%|read|MNIST")


def test_a_page_asks_about_what_is_in_the_data():
    """A set is known by its name and its classes together; of all others nothing is presumed."""
    reads = "Can a network learn to read handwriting?"
    assert question(Subject.of(Kind.MNIST)) == question(Subject.of(Kind.BUNDLED)) == reads
    assert question(Subject.of(Kind.MNIST)._replace(kind=Kind.BROUGHT, title="QMNIST")) == reads
    for title in ("Fashion-MNIST", "part of Fashion-MNIST"):
        clothes = question(FASHION._replace(title=title))
        assert clothes == "Can a network learn to tell clothes apart?"
    for other in (
        *(LETTERS, TWO, SMALL),
        FASHION._replace(title="shoes"),
        FASHION._replace(classes=CLOTHES[:9]),
        FASHION._replace(title="MNIST"),
    ):
        assert not OF_DIGITS_ALONE.search(question(other))
        assert "clothes" not in question(other)
    printed = Subject.of(Kind.BROUGHT)
    assert question(printed) == "Can a network learn to read digits?"


def test_presets_have_names_that_are_true_of_what_is_in_the_data():
    own = presets_of(Subject.of(Kind.MNIST))
    assert own == PRESETS
    of_digits = presets_of(Subject.of(Kind.BUNDLED))
    assert not any("97%" in name for name in of_digits)
    assert "Crooked digits" in of_digits
    for subject in (FASHION, LETTERS, TWO, FASHION._replace(title="MNIST")):
        presets = presets_of(subject)
        assert not OF_DIGITS_ALONE.search(" ".join(presets))
        assert [one.settings for one in presets.values()] == [p.settings for p in PRESETS.values()]
        assert not any(preset.point for preset in presets.values())


@pytest.mark.parametrize("which", Recording)
def test_beside_clothes_a_recording_is_said_to_be_of_others_and_start_is_what_to_try(which):
    now = numbers(Settings(**vars(which.settings)), recorded_run(which), here=clothes())
    words = in_full(caption(now))
    assert words.startswith("**Start** trains a network on Fashion-MNIST.")
    assert "of its own test digits" in words
    assert "Draw a digit" not in words
    tried = try_this(Settings(**vars(which.settings)), now)
    assert not OF_DIGITS_ALONE.search(tried.what + tried.why)
    assert "“Start” trains on the images that were brought" in tried.why
    assert tried.settings.recipe not in [one.settings for one in Recording]
