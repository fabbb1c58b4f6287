"""What the views of Gradients compute, kept for everyone who asks for the same."""

import time

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

REST = 0.01  # seconds between two networks, in which the server answers its readers


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
def _reel(activation: str, init: str, width: int, seed: int, lr: float) -> dict[str, MapFilm]:
    """Where the film of all depths of one recipe is kept as "film", once it is there."""
    return {}


def _recipes(config: VanishingConfig) -> list[tuple[str, str]]:
    return [(config.activation, config.init), (config.beside, config.beside_init)]


def two_sides(config: VanishingConfig) -> tuple[Side, Side]:
    """The two recipes that a reader chose, with the film of all depths if it is there."""
    size = (config.width, config.seed, config.deep_lr)
    sides = []
    for recipe in _recipes(config):
        film = _reel(*recipe, *size).get("film") if config.film == "all depths" else None
        sides.append(side(*recipe, config.depth, *size)._replace(map_film=film))
    return tuple(sides)


def train_all_depths(config: VanishingConfig, place: DeltaGenerator) -> None:
    """Make the films of all depths, say in `place` how far they are, and run the page again.

    Called at a page's end, when its picture is drawn: every control can be used meanwhile, and
    ends the wait.
    """
    size = (config.width, config.seed, config.deep_lr)
    for i, recipe in enumerate(_recipes(config)):

        def told(share: float, before: int = i) -> None:
            place.progress((before + share) / 2, "Training 60 networks; any control ends it")
            time.sleep(REST)

        reel = _reel(*recipe, *size)
        if "film" not in reel:
            reel["film"] = map_film(*recipe, *size, told)
    st.rerun()


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
