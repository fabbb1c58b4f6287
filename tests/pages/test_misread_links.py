"""What a link gets wrong about the header, or about a step, is said like all else."""

import pytest

from tests.sweeps import sweep
from ui.pages import PAGE_NAMES

PAGES = ["home", *PAGE_NAMES[1:]]


def words(page):
    return " ".join(line.value for line in page.markdown)


@sweep("name", PAGES, usual=["home", "gradients", "mnist"])
def test_a_header_that_there_is_not_is_said_on_every_page(open_page, name):
    page = open_page(name, theme="purple", present="<b>")
    assert (
        "The link has “purple” for light or dark: expected one of light, dark, so it is as your "
        "device has it."
    ) in words(page)
    assert "for present: expected true or false, so it is off." in words(page)
    assert "“<b>" not in words(page)


@pytest.mark.parametrize("link", [{}, {"theme": "dark"}, {"theme": "light", "present": "true"}])
def test_one_that_there_is_is_not(open_page, link):
    assert "The link has" not in words(open_page("gradients", **link))


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (
            {"gradients_step": "12"},
            "“12” for step to begin at: expected a whole number from 1 to 11",
        ),
        (
            {"gradients_layers": "1", "gradients_step": "10"},
            "“10” for step to begin at: expected a whole number from 1 to 9",
        ),
        ({"gradients_layers": "3", "gradients_step": "13"}, ""),
        ({"gradients_step": "11"}, ""),
    ],
)
def test_a_step_beyond_a_walks_end_is_said(open_page, link, said):
    page = open_page("gradients", **link)
    step = page.slider(key="gradients_step").value
    if said:
        assert f"The link has {said}, so it is {step}." in words(page)
    else:
        assert "The link has" not in words(page)
        assert step == int(link["gradients_step"])


def test_a_parameter_that_is_no_setting_of_the_page_is_said_once(open_page):
    link = {"neuron_lr": "1", "neuron_view": "many steps", "neuron_lrr": "3", "utm_source": "<b>"}
    page = open_page("neuron", **link, mnist_hidden="7")
    said = "The link has “neuron\\_lrr”, which is no setting of this page, so it is left out."
    assert said in words(page)
    assert "utm" not in words(page)
    assert "“mnist" not in words(page)
    many = {f"neuron_{k}": "1" for k in "abcde"}
    said = words(open_page("neuron", **many))
    assert "“neuron\\_a”, “neuron\\_b”, “neuron\\_c” and 2 more, which are no settings" in said
