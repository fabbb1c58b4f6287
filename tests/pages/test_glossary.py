"""Terms on a page lead to what they mean: in a caption, and in a walk's sentences."""

import json
import re

import pytest

from figures.glossary import TERMS


@pytest.fixture
def words_alone():
    """Here captions have the links of their terms, as for a visitor."""


def test_captions_and_walks_lead_to_what_their_terms_mean(open_page):
    page = open_page("neuron")
    caption = page.markdown[0].value
    (walk,) = (part for part in page.get("bidi_component") if part.key == "neuron_walk")
    steps = json.loads(walk.proto.json)["walk"]["samples"][0]
    marks = {term.mark for term in TERMS}
    for text in (caption, steps[1]["sentence"]):
        led = re.findall(r"[(|]#([\w-]+)[)\]]", text)
        assert led
        assert len(set(led)) == len(led)
        assert set(led) <= marks
