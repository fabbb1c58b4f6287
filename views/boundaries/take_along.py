"""What of a film can be taken along: its settings, its history, its network and the code of it."""

import numpy as np

from figures.stage import StageFilm
from recipes.boundaries import BoundariesSettings
from recipes.exports import history_csv, settings_json
from recipes.network_code import Layers, all_code, network_file
from views.view import Download

NETWORK = "network.npz"
TRIED = 5  # points that travel with a network, to try it on


def take_along(film: StageFilm, settings: BoundariesSettings, own: bool) -> list[Download]:
    """Its files; `own` if it began with weights of the reader's own."""
    layers = Layers(film.sizes, [*film.activations, film.output], film.inputs)
    but = " The weights that it began with are not among them." if own else ""
    return [
        Download(
            f"All settings by their names, as JSON.{but}",
            "Save the settings",
            "settings.json",
            lambda: settings_json(settings),
        ),
        Download(
            "The curves, a row a frame, as CSV.",
            "Save the history",
            "history.csv",
            lambda: history_csv(_history(film)),
        ),
        Download(
            "The weights at the last frame, for the lines below; each prints the network's answers "
            f"to the first {len(_tried(film))} points it learned from.",
            "Save the weights",
            NETWORK,
            lambda: network_file(film.thetas[-1], layers, _tried(film)),
            all_code(NETWORK, layers),
        ),
    ]


def _tried(film: StageFilm) -> np.ndarray:
    return film.data.x_train[:TRIED]


def _history(film: StageFilm) -> dict[str, np.ndarray]:
    return {
        "step": film.steps,
        "epoch": (film.steps - film.steps[0]) / film.steps_per_epoch,
        **film.history,
    }
