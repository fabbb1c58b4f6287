"""Decision boundaries: a small network parts points, anew at every change of a control."""

from ui.show import show_page
from views.boundaries import film, lottery, map, race, sweep

show_page(
    "Can a network learn which point has which colour?",
    (film.VIEW, lottery.VIEW, map.VIEW, sweep.VIEW, race.VIEW),
)
