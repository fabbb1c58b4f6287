"""A network that bends nothing, where a bend alone is not enough: what could be tried is said."""

from dataclasses import replace

from figures.judgement import remedy_words
from kernels import train
from recipes.boundaries import BoundariesSettings, boundaries_data, boundaries_trainer
from recipes.reasons import AtItsBest, Trial
from recipes.verdict import verdict


def test_identity_on_the_spiral_has_something_to_try_and_it_comes_to_that():
    settings = BoundariesSettings(dataset="spiral", activation="identity")
    data = boundaries_data(settings)

    def trained(settings):
        trainer = boundaries_trainer(settings, data, None)
        train(trainer, settings.epochs * trainer.steps_per_epoch)
        return trainer

    judged = verdict(settings, data, trained(settings))
    assert isinstance(judged.reason, AtItsBest)
    assert isinstance(judged.remedy, Trial)
    other = trained(replace(settings, **judged.remedy.changed))
    assert other.history["accuracy"][-1] == judged.remedy.accuracy > 0.9
    said = remedy_words(judged.remedy, BoundariesSettings)
    assert said.startswith("Try *activation* relu")
    assert "layers* 3" in said
