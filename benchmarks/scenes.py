"""The scenes that the server must stand, each with its bars: who comes, and for what."""

from typing import NamedTuple

from benchmarks.crowd import Role

# Done is the whole film; why some did not go well is said when that was tried.
BOUNDARIES = Role(
    "boundaries", slider="hidden", own=("data_seed", "seed"), shown="At the end, after"
)
SEED = ("seed",)
EVERY_VIEW = (
    Role(""),
    Role("activations", slider="x"),
    Role("activations", "activations_view=learning", "depth"),
    Role("activations", "activations_view=in+and+out&activations_function=elu", "alpha"),
    Role("activations", "activations_view=softmax", "temperature"),
    Role("neuron", slider="lr"),
    Role("neuron", "neuron_view=many+steps", "lr"),
    Role("gradients", slider="units", own=SEED),
    Role("gradients", "gradients_view=vanishing", "depth", SEED),
    Role("gradients", "gradients_view=landscape", "lr", SEED),
    Role("gradients", "gradients_view=race", "race_lr", SEED),
    Role("gradients", "gradients_view=learning+rates", "apart", SEED),
    Role("gradients", "gradients_view=batch+noise", "batch", SEED),
    BOUNDARIES,
    Role("mnist", slider="hidden"),
)
SHAKERS = (
    Role("gradients", "gradients_view=landscape", "seed"),
    Role("boundaries", "boundaries_hidden=8", "seed"),
)
TRAINED = "mnist_epochs=200"  # longer than any scene


class Scene(NamedTuple):
    """A crowd, and how long nineteen of twenty may wait at most, in seconds."""

    visitors: int
    roles: tuple[Role, ...]
    arrival: float
    move: float = 0.0  # 0 where nobody moves anything
    spread: float = 20.0  # seconds within which they arrive
    compiled: bool = True  # whether the machine has compiled the loop before
    training: int = 0  # MNIST runs that train meanwhile
    watchers: int = 0  # of one of these
    shakers: tuple[Role, ...] = ()  # who move a slider five times a second
    processes: int = 0  # behind the proxy; 0 for one process alone
    away: float = 0.0  # seconds within which all come back from a restart; 0 if there is none


def _at_once(visitors: int, page: str, bar: float, compiled: bool = True) -> Scene:
    return Scene(visitors, (Role(page),), bar, spread=10.0, compiled=compiled)


SCENES = {
    "activations-100": Scene(100, (Role("activations", slider="x"),), 0.5, 0.3),
    "boundaries-30": Scene(30, (BOUNDARIES,), 1.0, 0.4),
    "boundaries-50": Scene(50, (BOUNDARIES,), 2.0, 0.8),
    "mix-50": Scene(50, EVERY_VIEW, 2.0, 0.5),
    "mix-50-training": Scene(50, EVERY_VIEW, 3.0, 1.0, training=4, watchers=30),
    "shaken-20": Scene(20, EVERY_VIEW, 2.0, 1.0, shakers=3 * SHAKERS),
    "home-60": _at_once(60, "", 3.0),
    "home-100": _at_once(100, "", 8.0),
    "first-boundaries-60": _at_once(60, "boundaries", 3.0),
    "first-boundaries-100": _at_once(100, "boundaries", 8.0),
    "mnist-60": _at_once(60, "mnist", 3.0),
    "mnist-100": _at_once(100, "mnist", 8.0),
    "very-first-60": _at_once(60, "boundaries", 8.0, compiled=False),
    "four-processes-100": Scene(100, (BOUNDARIES,), 2.0, 0.8, processes=4),
    "restart-100": Scene(100, (BOUNDARIES,), 2.0, 60.0, training=2, processes=4, away=10.0),
}
