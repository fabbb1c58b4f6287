"""What the views of Gradients compute, kept for everyone who asks for the same."""

from collections.abc import Callable

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from datasets.digits import Digits
from figures.batches import BatchNoise, batch_noise
from figures.depth import DepthMap, MapFilm, Side, depth_film, depth_map, map_film
from figures.landscape import Landscape, landscape
from figures.rates import SMOOTH, DigitRace, RateCurves, averaged
from runs.gradients import (
    DIGIT_STEPS,
    Ground,
    digit_race,
    ground,
    one_moment,
    three_rates,
)
from runs.gradients_config import (
    BatchesConfig,
    GroundConfig,
    RaceConfig,
    RatesConfig,
    VanishingConfig,
)


@st.cache_resource(max_entries=64, show_spinner=False)
def start_map(activation: str, init: str, width: int, seed: int) -> DepthMap:
    """Networks of every depth before their first step."""
    return depth_map(activation, init, width, seed)


@st.cache_resource(max_entries=64, show_spinner=False)
def side(activation: str, init: str, depth: int, width: int, seed: int, lr: float) -> Side:
    """One recipe, at every depth and through time."""
    film = depth_film(activation, init, depth, width, seed, lr)
    return Side(start_map(activation, init, width, seed), film)


@st.cache_resource(max_entries=16, show_spinner=False)
def maps_through_time(
    activation: str, init: str, width: int, seed: int, lr: float, _told: Callable[[float], None]
) -> MapFilm:
    """Networks of every depth while they learn."""
    return map_film(activation, init, width, seed, lr, _told)


def two_sides(config: VanishingConfig, place: DeltaGenerator) -> tuple[Side, Side]:
    """The two recipes that a reader chose; in `place` it says how far the film of all depths is.

    While it says so every control can be used, which ends the wait.
    """
    size = (config.depth, config.width, config.seed, config.deep_lr)
    recipes = (config.activation, config.init), (config.beside, config.beside_init)
    sides = [side(*recipe, *size) for recipe in recipes]
    if config.film == "all depths":
        for i, recipe in enumerate(recipes):

            def told(share: float, before: int = i) -> None:
                place.progress((before + share) / 2, "Training 60 networks; any control ends it")

            film = maps_through_time(*recipe, *size[1:], told)
            sides[i] = sides[i]._replace(map_film=film)
        place.empty()
    return tuple(sides)


@st.cache_resource(max_entries=32, show_spinner=False)
def surroundings(activation: str, hidden: int, plane: str, seed: int) -> tuple[Ground, Landscape]:
    """A start with its plane, and the loss on it: the same for every learning rate."""
    found = ground(GroundConfig(activation=activation, hidden=hidden, plane=plane, seed=seed))
    return found, landscape(found)


def ground_of(config: GroundConfig) -> tuple[Ground, Landscape]:
    """The start and the landscape of these settings."""
    return surroundings(config.activation, config.hidden, config.plane, config.seed)


@st.cache_resource(max_entries=32, show_spinner=False)
def digits_raced(config: RaceConfig, _digits: Digits) -> DigitRace:
    """Five optimizers over the same batches: about a second, the first time."""
    trainers = digit_race(config, _digits)
    for trainer in trainers.values():
        trainer.run(steps=DIGIT_STEPS)
    loss = {name: averaged(trainer.batch_loss) for name, trainer in trainers.items()}
    test = _digits.x_test, _digits.t_test
    with np.errstate(all="ignore"):  # a network that diverged answers nonsense
        accuracy = {
            name: trainer.loss.accuracy(trainer.net.predict(test[0]), test[1])
            for name, trainer in trainers.items()
        }
    steps = np.arange(SMOOTH, DIGIT_STEPS + 1, SMOOTH)
    return DigitRace(steps, loss, accuracy, DIGIT_STEPS)


def rate_curves(config: RatesConfig) -> RateCurves:
    """Three trainings at once."""
    return RateCurves(*three_rates(config))


@st.cache_resource(max_entries=32, show_spinner=False)
def noise_at(activation: str, trained: int, seed: int) -> BatchNoise:
    """Batches of every size at one moment of training."""
    config = BatchesConfig(activation=activation, trained=trained, seed=seed)
    return batch_noise(*one_moment(config), seed)
