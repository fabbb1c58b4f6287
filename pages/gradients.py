"""Gradients: an error at the end flows back and teaches every weight; where does it get lost?"""

from ui.show import show_page
from views.gradients import batch_noise

show_page("How does a network learn from an error?", (batch_noise.VIEW,))
