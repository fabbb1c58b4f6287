"""Whether a training can go on with other settings from where it stands."""

from recipes.boundaries import BoundariesSettings, boundaries_net


def starts_over(before: BoundariesSettings, after: BoundariesSettings) -> str:
    """Why a training that was `before` cannot go on as `after`, in a sentence; "" if it can."""
    was, is_now = ((one.inputs, boundaries_net(one).sizes) for one in (before, after))
    if was != is_now:
        return "The network has another shape now, so training starts over."
    if (before.seed, before.init) != (after.seed, after.init):
        return "Other starting weights were asked for, so training starts over."
    return ""
