from tests.films import message_on, unpacked
from ui.pages import PAGES


def test_home_opens_on_a_network_that_has_learned_and_can_be_played(open_page):
    page = open_page("home")
    film = unpacked(message_on(page, "home_stage"))
    assert film["history"]["accuracy"][-1] == 1
    assert len(film["steps"]) > 100
    assert (film["steps"][0], film["steps"][-1]) == (0, 20_000)
    assert any("correct themselves 20,000 times" in line.value for line in page.markdown)


def test_home_shows_the_film_that_decision_boundaries_opens_on(open_page):
    home = message_on(open_page("home"), "home_stage")
    assert home == message_on(open_page("boundaries"), "boundaries_stage")


def test_home_leads_to_every_room(open_page):
    links = {link.proto.page for link in open_page("home").get("page_link")}
    assert links == {*(page.name for page in PAGES), "my_talk"}
