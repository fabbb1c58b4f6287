"""Other starts are tried only as long as one of them may go well."""

import pytest

import recipes.aside
from kernels import train
from recipes.boundaries import BoundariesSettings, boundaries_data, boundaries_trainer
from recipes.reasons import OtherStarts
from recipes.verdict import verdict


@pytest.mark.parametrize(("hidden", "solvable"), [(1, False), (2, True)])
def test_where_no_start_goes_well_a_few_are_enough(monkeypatch, hidden, solvable):
    """Two units can solve XOR, one cannot from any start (Minsky and Papert, 1969)."""
    seeds, trial = [], recipes.aside.Aside.trial

    def noted(aside, **changed):
        if "seed" in changed:
            seeds.append(changed["seed"])
        return trial(aside, **changed)

    monkeypatch.setattr(recipes.aside.Aside, "trial", noted)
    for seed in range(400):
        settings = BoundariesSettings(hidden=hidden, seed=seed)
        data = boundaries_data(settings)
        trainer = boundaries_trainer(settings, data, None)
        train(trainer, settings.epochs * trainer.steps_per_epoch)
        found = verdict(settings, data, trainer, None)
        if seeds:
            break
    assert isinstance(found.remedy, OtherStarts) == solvable
    assert len(seeds) == (10 if solvable else 4)
