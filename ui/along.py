"""On a view where nothing plays, the keys for one step move the control that it is about."""

from dataclasses import replace

from recipes.settings import Choices, Range, Settings
from ui.browser.along import hear_steps
from ui.controls import put, read, said


def step_by_keys(settings: type[Settings], name: str) -> None:
    """Have the keys move the control of this name through its values. Call it after the widgets."""
    setting, now = settings.allowed()[name], said(settings, name)
    assert isinstance(setting, Choices | Range)
    values = setting.values
    place = values.index(now) if now in values else _nearest(values, now)

    def go_to(place: int) -> None:
        put(replace(read(settings), **{name: values[place]}))

    hear_steps(f"along_{settings.key(name)}", place, len(values), go_to)


def _nearest(values: tuple[float, ...], now: float) -> int:
    """The place of the value nearest to one that only a link has."""
    return min(range(len(values)), key=lambda place: abs(values[place] - now))
