"""What is said above the code of who took the steps is so for every activation."""

import pytest

from views.gradients import batch_noise, landscape, race


@pytest.mark.parametrize("view", [batch_noise, landscape, race])
@pytest.mark.parametrize("known", [True, False])
def test_a_twin_is_said_where_the_loop_knows_the_activation(view, known, monkeypatch):
    monkeypatch.setattr(view, "knows", lambda name: known)
    assert ("compiled twin" in view.code_note(view.numbers(view.Settings()))) is known


def test_before_the_first_step_nobody_took_any():
    settings = batch_noise.Settings(trained=0)
    assert "twin" not in batch_noise.code_note(batch_noise.numbers(settings))
