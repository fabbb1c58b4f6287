import pytest

from views.gradients import backpropagation, batch_noise, landscape, race, rates, vanishing

VIEWS = [backpropagation, vanishing, landscape, race, rates, batch_noise]
SETTINGS = [view.Settings for view in VIEWS]


@pytest.mark.parametrize("settings", SETTINGS)
def test_a_view_shares_page_activation_and_seed_with_all_others(settings):
    assert (settings.page, settings().activation, settings().seed) == ("gradients", "sigmoid", 0)


def test_depth_30_and_a_learning_rate_of_1e9_can_be_asked_for():
    assert vanishing.Settings(depth=30).depth == 30
    assert landscape.Settings(lr=1e9).lr == 1e9
    with pytest.raises(ValueError, match="depth: expected a whole number from 1 to 30"):
        vanishing.Settings(depth=31)
