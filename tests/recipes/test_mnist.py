"""The settings of the MNIST page, the network they make, and its presets on MNIST itself."""

from dataclasses import fields, replace
from functools import cache

import numpy as np
import pytest

from datasets.crooked import crooked
from datasets.digits import Digits, Kind
from recipes.mnist import (
    PRESETS,
    MnistSettings,
    mnist_net,
    mnist_trainer,
    parse_widths,
    training_sizes,
)
from recipes.settings import Choices, Range, Switch, Text


def test_every_default_is_within_its_own_bounds():
    assert MnistSettings() == MnistSettings()
    assert [f.name for f in fields(MnistSettings)] == list(MnistSettings.allowed())


@pytest.mark.parametrize("name", list(MnistSettings.allowed()))
def test_every_end_of_every_setting_is_allowed_and_what_lies_beyond_is_refused(name):
    match MnistSettings.allowed()[name]:
        case Choices(values=values):
            good, bad = [values[0], values[-1]], ["no such thing", None]
        case Range(low=low, high=high):
            good, bad = [low, high], [low - 1, high + 1, "1", None]
        case Switch():
            good, bad = [False, True], [0, 1, "true", None]
        case Text():
            good, bad = ["", "1", "512, 512, 512"], [3, None]
    for value in good:
        assert getattr(MnistSettings(**{name: value}), name) == value
    for value in bad:
        with pytest.raises(ValueError, match=f"^{name}: expected .*, got "):
            MnistSettings(**{name: value})


def test_layers_may_differ_and_a_moved_slider_counts_for_all():
    assert MnistSettings(hidden=7, layers=2).units() == [7, 7]
    differ = MnistSettings(hidden=7, layers=2, widths="300,100, 30")
    assert mnist_net(differ, 784).sizes == [784, 300, 100, 30, 10]
    assert differ.after_moving("lr") == differ
    for moved in ("hidden", "layers"):
        assert differ.after_moving(moved).units() == [7, 7]


@pytest.mark.parametrize("written", ["0", "513", "1,2,3,4", "5,", "5 6", "five", "1e2", "+5", "٣"])
def test_layers_that_cannot_be_are_told_with_what_is_expected(written):
    with pytest.raises(ValueError, match="expected 1 to 3 numbers of units from 1 to 512, such as"):
        parse_widths(written)
    with pytest.raises(ValueError, match=r"^widths: expected .*, got "):
        MnistSettings(widths=written)


def test_whole_numbers_stay_whole():
    with pytest.raises(ValueError, match="hidden: expected a whole number from 1 to 512"):
        MnistSettings(hidden=2.5)
    assert isinstance(MnistSettings.allowed()["hidden"], Range)


def test_a_widget_and_a_link_share_one_word():
    assert MnistSettings.key("hidden") == "mnist_hidden"


def test_it_opens_as_the_study_notes_network():
    settings = MnistSettings()
    assert (settings.lr, settings.hidden, settings.batch) == (0.1, 50, 100)
    assert settings.epochs * 600 == pytest.approx(50_000, rel=0.01)


# The trainer


def small_digits(n=60, side=4):
    rng = np.random.default_rng(0)
    x = rng.random((n, side * side), np.float32)
    t = rng.integers(0, 10, n)
    return Digits(Kind.BUNDLED, x, t, x[:10], t[:10])


def test_copies_are_crooked_only_where_that_is_chosen():
    assert mnist_trainer(MnistSettings(), small_digits()).vary is None
    assert mnist_trainer(MnistSettings(crooked=True), small_digits()).vary is crooked


def test_it_is_the_study_notes_network_and_recipe():
    trainer = mnist_trainer(MnistSettings(), small_digits())
    assert trainer.net.sizes == [16, 50, 10]
    assert trainer.net.dtype == np.float32
    assert trainer.net.dense[0].W.std() == pytest.approx(0.01, rel=0.1)
    assert not trainer.net.dense[0].b.any()
    assert trainer.optimizer.lr == 0.1
    assert trainer.replace


def test_the_same_settings_train_the_same_network_bit_for_bit():
    first, second = (mnist_trainer(MnistSettings(batch=10), small_digits()) for _ in range(2))
    first.run(epochs=3)
    for _ in range(18):
        second.step()
    assert (first.net.theta == second.net.theta).all()
    assert first.history == second.history


# The presets, each held to what it says


@pytest.fixture(scope="module")
def trained(mnist):
    """Trains a preset, once, and judges it by so many of the test digits: 2,000 tell tens of %."""

    @cache
    def train(name, epochs=None, judged_by=2000, **changes):
        settings = replace(PRESETS[name].settings, **changes)
        few = mnist._replace(x_test=mnist.x_test[:judged_by], t_test=mnist.t_test[:judged_by])
        trainer = mnist_trainer(settings, few)
        trainer.run(epochs=epochs or settings.epochs)
        return trainer

    return train


def test_every_preset_makes_its_point_in_sentences_and_no_two_are_the_same():
    assert all(preset.point.endswith(".") for preset in PRESETS.values())
    all_settings = [preset.settings for preset in PRESETS.values()]
    assert len(set(all_settings)) == len(all_settings)


def test_the_study_notes_network_is_what_the_page_opens_with():
    settings = PRESETS["Study notes"].settings
    assert settings == MnistSettings()
    assert (settings.drawing, settings.init, settings.optimizer) == (
        "with replacement",
        "normal × 0.01",
        "sgd",
    )


def test_keras_recipe_is_the_notebooks_baseline():
    settings = PRESETS["Keras' recipe"].settings
    assert (settings.optimizer, settings.lr, settings.batch, settings.epochs) == (
        "adam",
        0.001,
        32,
        10,
    )
    assert (settings.hidden, settings.layers, settings.activation) == (50, 1, "sigmoid")
    assert (settings.drawing, settings.init, settings.schedule) == (
        "shuffled",
        "glorot_uniform",
        "constant",
    )


@pytest.mark.sweep  # the browser's own test starts this training on the page
def test_97_percent_in_a_few_epochs(trained):
    trainer = trained("97% in a few epochs", judged_by=10_000)
    assert trainer.epoch <= 10
    assert trainer.history["val_accuracy"][-1] >= 0.97


def test_too_fast_the_loss_jumps_instead_of_falling(trained):
    trainer = trained("Too fast")
    assert trainer.history["loss"][-1] > trainer.history["loss"][0]
    assert (np.diff(trainer.batch_loss) > 0).mean() > 0.4
    usual = trained("Study notes", epochs=3).history
    assert usual["step"] == trainer.history["step"]
    assert trainer.history["val_accuracy"][-1] < usual["val_accuracy"][-1] - 0.3


def test_too_slow_hardly_anything_is_learned_where_the_usual_rate_learns(trained):
    trainer = trained("Too slow")
    assert trainer.history["val_accuracy"][-1] < 0.5
    assert 0.98 * trainer.history["loss"][0] < trainer.history["loss"][-1]
    assert trainer.history["loss"][-1] < trainer.history["loss"][0]
    assert trained("Study notes", epochs=3).history["val_accuracy"][-1] > 0.85


def test_from_zero_the_hidden_units_stay_copies_while_they_learn_and_it_reads_badly(trained):
    trainer = trained("Zero start", epochs=2)
    first, last = trainer.net.dense
    assert abs(first.W).max() > 0.05
    np.testing.assert_allclose(first.W, np.tile(first.W[:, :1], 50), atol=1e-3)
    np.testing.assert_allclose(last.W, np.tile(last.W[:1], (50, 1)), atol=1e-3)
    assert trained("Zero start").history["val_accuracy"][-1] < 0.7
    usual = trained("Study notes", epochs=3).history["val_accuracy"]
    assert trainer.history["val_accuracy"][-1] < usual[2] - 0.4


@pytest.mark.parametrize(
    ("images", "written"),
    [
        (60_000, ["5", "100", "1000", "10000", "60000"]),
        (1437, ["5", "100", "1000", "1437"]),
        (1000, ["5", "100", "1000"]),
        (102_040, ["5", "100", "1000", "10000", "60000", "102040"]),
    ],
)
def test_as_many_training_images_can_be_chosen_as_there_are(images, written):
    sizes = training_sizes(images)
    assert list(sizes.values()) == written
    assert list(sizes)[-1] >= images
    assert all(MnistSettings(images=size) for size in sizes)
    assert MnistSettings().images in sizes


def test_five_images_are_known_by_heart_and_hardly_any_other(trained, mnist):
    trainer = trained("Five images by heart")
    assert trainer.t.tolist() == [5, 0, 4, 1, 9]  # the notebook's five
    assert trainer.history["accuracy"][-1] == 1
    assert trainer.history["val_accuracy"][-1] < 0.5
    # The notebook's start, 5 steps: 2.428 → 2.218 → 2.058 → 1.930 → 1.826, of another seed.
    five = trainer.batch_loss[:5]
    assert (np.diff(five) < 0).all()
    assert five[0] - five[4] == pytest.approx(2.428 - 1.826, abs=0.15)
