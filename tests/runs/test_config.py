from dataclasses import fields

import pytest

from runs.config import ActivationsConfig, BoundariesConfig, Choices, MnistConfig, Range
from runs.presets import XOR_PRESETS

CONFIGS = [ActivationsConfig, BoundariesConfig, MnistConfig]


@pytest.mark.parametrize("config", CONFIGS)
def test_every_default_is_within_its_own_bounds(config):
    assert config() == config()
    assert [f.name for f in fields(config)] == list(config.settings())


@pytest.mark.parametrize("config", CONFIGS)
def test_every_end_of_every_setting_is_allowed_and_what_lies_beyond_is_refused(config):
    for name, setting in config.settings().items():
        if isinstance(setting, Choices):
            good, bad = [setting.values[0], setting.values[-1]], ["no such thing", None]
        else:
            good, bad = [setting.low, setting.high], [setting.low - 1, setting.high + 1, "1", None]
        for value in good:
            assert getattr(config(**{name: value}), name) == value
        for value in bad:
            with pytest.raises(ValueError, match=f"^{name}: expected .*, got "):
                config(**{name: value})


def test_whole_numbers_stay_whole():
    with pytest.raises(ValueError, match="hidden: expected a whole number from 1 to 16"):
        BoundariesConfig(hidden=2.5)
    assert isinstance(MnistConfig.settings()["hidden"], Range)


def test_a_widget_and_a_link_share_one_word():
    assert BoundariesConfig.key("lr") == "boundaries_lr"
    assert MnistConfig.key("hidden") == "mnist_hidden"


def test_mnist_opens_as_notebook_b():
    config = MnistConfig()
    assert (config.lr, config.hidden, config.batch) == (0.1, 50, 100)
    assert config.epochs * 600 == pytest.approx(50_000, rel=0.01)


def test_the_presets_are_settings_of_their_page():
    assert all(isinstance(preset, BoundariesConfig) for preset in XOR_PRESETS.values())
