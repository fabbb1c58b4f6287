from tests.charts import figure_on


def test_home_opens_on_a_network_that_has_learned_and_can_be_played(open_page):
    page = open_page("home")
    film = figure_on(page, "home_film")
    answers = next(trace for trace in film["data"] if trace["name"] == "answers")["customdata"]
    assert [round(answer) for answer in answers] == [0, 1, 1, 0]
    assert len(film["frames"]) > 30
    assert film["layout"]["updatemenus"][0]["buttons"][0]["label"] == "▶ Play"
    assert len(film["layout"]["sliders"][0]["steps"]) == len(film["frames"])


def test_the_film_starts_before_the_first_step_and_ends_with_the_picture_shown(open_page):
    film = figure_on(open_page("home"), "home_film")
    first, last = film["frames"][0], film["frames"][-1]
    assert (first["name"], last["name"]) == ("0", "1,000")
    assert (last["data"][0]["z"] == film["data"][0]["z"]).all()
    assert (
        abs(first["data"][1]["customdata"] - 0.5).max()
        < abs(last["data"][1]["customdata"] - 0.5).min()
    )


def test_home_leads_to_the_three_rooms(open_page):
    links = {link.proto.page for link in open_page("home").get("page_link")}
    assert links == {"activations", "boundaries", "mnist"}
