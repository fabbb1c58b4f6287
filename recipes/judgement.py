"""How a training went, judged in one place: what counts as flat, as bouncing, as stuck."""

SATURATED = 0.1  # |f′| below this counts as saturated
