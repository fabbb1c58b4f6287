"""The pages behind Home, in the order in which they are offered. A new page is a line here."""

from typing import NamedTuple


class PageEntry(NamedTuple):
    """A file in pages/, which is also its address, and how it is offered."""

    name: str
    title: str
    icon: str  # Streamlit's name of a symbol
    first: str  # the view that it opens on, the first in its file: a name in views/<name>/

    @property
    def file(self) -> str:
        """Where it is, seen from the router beside it."""
        return f"{self.name}.py"


PAGES = (
    PageEntry("activations", "Activations", ":material/show_chart:", "curve"),
    PageEntry("neuron", "One neuron", ":material/scatter_plot:", "one_step"),
    PageEntry("gradients", "Gradients", ":material/trending_down:", "backpropagation"),
    PageEntry("boundaries", "Decision boundaries", ":material/blur_on:", "film"),
    PageEntry("mnist", "MNIST", ":material/draw:", "training"),
)

PAGE_NAMES = ("", *(page.name for page in PAGES))  # as an address has them, "" for Home


def file_of(page: str) -> str:
    """A page's file, by its name in the address, seen from the router beside it."""
    return f"{page or 'home'}.py"
