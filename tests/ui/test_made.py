"""What is kept between two runs of a page is kept for one view and what its reader brought."""

from dataclasses import dataclass

from recipes.settings import Settings, between
from ui.made import made


@dataclass(frozen=True)
class Here(Settings):
    page = "here"
    size: int = between(1, 0, 9, 1, "Size")


@dataclass(frozen=True)
class There(Settings):
    page = "there"
    size: int = between(1, 0, 9, 1, "Size")


def test_views_whose_settings_say_the_same_do_not_share_numbers():
    assert made(("here", "view"), Here(), None, lambda settings: "here") == "here"
    assert made(("there", "view"), There(), None, lambda settings: "there") == "there"
    assert made(("there", "other"), There(), None, lambda settings: "other") == "other"


def test_an_emptied_text_is_brought_and_an_unchanged_one_is_not():
    def numbers(settings: Here, own: str = "nothing brought") -> str:
        return own

    assert made(("here", "texts"), Here(), None, numbers) == "nothing brought"
    assert made(("here", "texts"), Here(), "", numbers) == ""
    assert made(("here", "texts"), Here(), "text", numbers) == "text"
