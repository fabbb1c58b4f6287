from dataclasses import fields

import pytest
from runs.config import (
    ActivationsConfig,
    BoundariesConfig,
    Choices,
    MnistConfig,
    Range,
    Several,
    Text,
    parse_layers,
)
from runs.presets import BOUNDARIES_PRESETS

from nn_core import ACTIVATIONS

CONFIGS = [ActivationsConfig, BoundariesConfig, MnistConfig]
INPUTS = ("x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin x₁", "sin x₂")


TEXTS = {"widths": ["", "8, 4 relu"], "logits": ["2 1", "100, −100, 0, 0, 0, 0, 0, 0"]}


def ends(name, setting):
    """Values at the ends of what a setting allows, and values beyond."""
    match setting:
        case Choices(values=values):
            return [values[0], values[-1]], ["no such thing", None]
        case Several(values=values):
            alien, twice = (values[0], "no such thing"), (values[0], values[0])
            return [values[:1], values], [(), alien, twice, values[0], list(values), None]
        case Text():
            return TEXTS[name], ["abc", None, 8]
        case Range(low=low, high=high):
            return [low, high], [low - 1, high + 1, "1", None]


@pytest.mark.parametrize("config", CONFIGS)
def test_every_default_is_within_its_own_bounds(config):
    assert config() == config()
    assert [f.name for f in fields(config)] == list(config.settings())


@pytest.mark.parametrize("config", CONFIGS)
def test_every_end_of_every_setting_is_allowed_and_what_lies_beyond_is_refused(config):
    for name, setting in config.settings().items():
        good, bad = ends(name, setting)
        for value in good:
            assert getattr(config(**{name: value}), name) == value
        for value in bad:
            with pytest.raises(ValueError, match=f"^{name}: expected .*, got "):
                config(**{name: value})


def test_whole_numbers_stay_whole():
    with pytest.raises(ValueError, match="hidden: expected a whole number from 1 to 16"):
        BoundariesConfig(hidden=2.5)
    assert isinstance(MnistConfig.settings()["hidden"], Range)


def test_every_setting_says_in_words_what_it_allows():
    assert str(BoundariesConfig.settings()["hidden"]) == "a whole number from 1 to 16"
    assert str(ActivationsConfig.settings()["x"]) == "a number from -10.0 to 10.0"
    losses = BoundariesConfig.settings()["loss"]
    assert str(losses) == "one of cross_entropy, squared_error"
    assert str(BoundariesConfig.settings()["inputs"]) == "one or more of " + ", ".join(INPUTS)


def test_a_widget_and_a_link_share_one_word():
    assert BoundariesConfig.key("lr") == "boundaries_lr"
    assert MnistConfig.key("hidden") == "mnist_hidden"


def test_mnist_opens_as_notebook_b():
    config = MnistConfig()
    assert (config.lr, config.hidden, config.batch) == (0.1, 50, 100)
    assert config.epochs * 600 == pytest.approx(50_000, rel=0.01)


def test_the_presets_are_settings_of_their_page_that_fit_each_other_and_no_two_are_the_same():
    configs = [preset.config for preset in BOUNDARIES_PRESETS.values()]
    assert all(config.settled() == (config, []) for config in configs)
    assert len({*configs, BoundariesConfig()}) == len(configs) + 1


# Hidden layers as a reader writes them


@pytest.mark.parametrize(
    ("written", "layers"),
    [
        ("", []),
        (" ", []),
        ("8", [(8, "")]),
        ("8, 4 relu", [(8, ""), (4, "relu")]),
        ("1,16", [(1, ""), (16, "")]),
        ("  3   tanh ,, 2,", [(3, "tanh"), (2, "")]),
        ("1,2,3,4,5,6", [(n, "") for n in range(1, 7)]),
        *[(f"2 {name}", [(2, name)]) for name in ACTIVATIONS],
    ],
)
def test_layers_are_read_as_written(written, layers):
    assert parse_layers(written) == layers


@pytest.mark.parametrize(
    "written",
    [
        *("abc", "0", "17", "-3", "2.5", "1e400", "٣", "²", "9" * 5000, "8;4", "8, 17, 4"),
        *("8 4", "8 nope", "8 tanh relu", "tanh 8", "1,2,3,4,5,6,7", None, 8, ("8",)),
    ],
)
def test_layers_that_cannot_be_are_refused_with_a_sentence(written):
    with pytest.raises(ValueError, match="expected "):
        parse_layers(written)


def test_the_sentence_names_what_cannot_be_read():
    with pytest.raises(ValueError, match=r"“17 relu” is not a layer: expected 1 to 16 units"):
        parse_layers("8, 17  relu")
    with pytest.raises(ValueError, match=r"“nope” is not an activation: expected one of .*tanh"):
        parse_layers("8 nope")
    with pytest.raises(ValueError, match=r"7 hidden layers are too many: expected at most 6"):
        parse_layers("1,1,1,1,1,1,1")


def test_hidden_layers_are_the_sliders_unless_something_is_written():
    assert BoundariesConfig(layers=0).hidden_layers() == []
    sliders = BoundariesConfig(layers=3, hidden=5, activation="relu")
    assert sliders.hidden_layers() == [(5, "relu")] * 3
    written = BoundariesConfig(layers=3, hidden=5, activation="relu", widths="8, 4 sigmoid")
    assert written.hidden_layers() == [(8, "relu"), (4, "sigmoid")]


# Settings that do not fit each other


@pytest.mark.parametrize("dataset", ["slope", "hills"])
def test_a_question_for_a_number_is_judged_by_squared_error_and_says_so(dataset):
    config, sentences = BoundariesConfig(dataset=dataset).settled()
    assert config == BoundariesConfig(dataset=dataset, loss="squared_error")
    assert [dataset in sentence for sentence in sentences] == [True]
    assert config.settled() == (config, [])


@pytest.mark.parametrize(
    "shape",
    [
        {"layers": 0},
        {"layers": 2},
        {"widths": "2, 2"},
        {"layers": 1, "inputs": ("x₁",)},
        {"layers": 1, "inputs": ("x₁", "x₂", "x₁x₂")},
    ],
)
def test_notebook_cs_start_gives_way_where_it_does_not_fit_and_says_so(shape):
    config, sentences = BoundariesConfig(init="notebook_c", **shape).settled()
    assert config == BoundariesConfig(init="normal", **shape)
    assert ["Notebook C" in sentence for sentence in sentences] == [True]


@pytest.mark.parametrize("shape", [{"layers": 1}, {"widths": "7 relu"}])
def test_settings_that_fit_stay_as_they_are(shape):
    config = BoundariesConfig(init="notebook_c", inputs=("sin x₁", "x₁²"), **shape)
    assert config.settled() == (config, [])


def test_two_things_that_do_not_fit_are_two_sentences():
    config, sentences = BoundariesConfig(dataset="hills", init="notebook_c").settled()
    assert (config.loss, config.init, len(sentences)) == ("squared_error", "normal", 2)


@pytest.mark.parametrize("written", ["00017", "00019999", "04"])
def test_leading_zeros_do_not_get_past_the_limit_of_units(written):
    with pytest.raises(ValueError, match="is not a layer"):
        parse_layers(written)
