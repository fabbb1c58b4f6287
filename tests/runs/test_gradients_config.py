from dataclasses import fields

import pytest

from runs.gradients_config import (
    VIEWS,
    BatchesConfig,
    DrawnConfig,
    GradientsConfig,
    LandscapeConfig,
    RaceConfig,
    RatesConfig,
    VanishingConfig,
)

CONFIGS = [DrawnConfig, VanishingConfig, LandscapeConfig, RaceConfig, RatesConfig, BatchesConfig]


@pytest.mark.parametrize("config", CONFIGS)
def test_defaults_are_allowed_and_every_field_has_its_setting(config):
    assert config() == config()
    assert [f.name for f in fields(config)] == list(config.settings())


@pytest.mark.parametrize("config", CONFIGS)
def test_a_view_shares_activation_seed_and_default_view_with_all_others(config):
    shared = GradientsConfig()
    assert config().view == shared.view == VIEWS[0]
    assert (config().activation, config().seed) == (shared.activation, shared.seed)


def test_fields_of_one_name_mean_the_same_in_every_view():
    seen = {}
    for config in CONFIGS:
        for name, setting in config.settings().items():
            both = (setting, getattr(config, name))
            assert seen.setdefault(config.key(name), both) == both


def test_depth_30_and_a_learning_rate_of_1e9_can_be_asked_for():
    assert VanishingConfig(depth=30).depth == 30
    assert LandscapeConfig(lr=1e9).lr == 1e9
    with pytest.raises(ValueError, match="depth: expected a whole number from 1 to 30"):
        VanishingConfig(depth=31)
