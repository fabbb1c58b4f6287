"""Settings worth showing, each under the name of the point it makes."""

from runs.config import BoundariesConfig

XOR_PRESETS = {
    "Four units learn it": BoundariesConfig(),
    "One unit cannot": BoundariesConfig(hidden=1),
    "Notebook C: stuck": BoundariesConfig(
        lr=0.1, hidden=2, activation="sigmoid", init="notebook_c", steps=150_000
    ),
}
