"""Gradients: an error at the end flows back and teaches every weight; where does it get lost?"""

from ui.show import show_page
from views.gradients import backpropagation, batch_noise, landscape, race, rates, vanishing

show_page(
    "How does a network learn from an error?",
    (
        backpropagation.VIEW,
        vanishing.VIEW,
        landscape.VIEW,
        race.VIEW,
        rates.VIEW,
        batch_noise.VIEW,
    ),
)
