"""The pages behind Home, in the order in which they are offered. A new page is a line here."""

from typing import NamedTuple


class PageEntry(NamedTuple):
    """A file in pages/, which is also its address, and how it is offered."""

    name: str
    title: str
    icon: str  # Streamlit's name of a symbol

    @property
    def file(self) -> str:
        """Where it is, seen from the router beside it."""
        return f"{self.name}.py"


PAGES = (
    PageEntry("activations", "Activations", ":material/show_chart:"),
    PageEntry("neuron", "One neuron", ":material/scatter_plot:"),
    PageEntry("gradients", "Gradients", ":material/trending_down:"),
    PageEntry("boundaries", "Decision boundaries", ":material/blur_on:"),
    PageEntry("mnist", "MNIST", ":material/draw:"),
)

PAGE_NAMES = ("", *(page.name for page in PAGES))  # as an address has them, "" for Home


def file_of(page: str) -> str:
    """A page's file, by its name in the address, seen from the router beside it."""
    return f"{page or 'home'}.py"
