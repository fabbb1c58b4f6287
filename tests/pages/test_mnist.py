import time

import numpy as np

from tests.charts import figure_on, trace_on


def wait_until(page, state, seconds=60):
    """Look again, as the page's own timer would, until the caption begins with `state`."""
    end = time.monotonic() + seconds
    while not page.markdown[0].value.startswith(state):
        assert time.monotonic() < end, page.markdown[0].value
        time.sleep(0.05)
        page.run()
    return page.run()  # a page's charts may have been drawn a moment before its caption


def test_it_opens_on_real_digits_read_twice(open_page, mnist):
    page = open_page("mnist")
    test = trace_on(page, "mnist_curves", "test digits")
    assert list(test["x"]) == [0, 1, 2]
    assert test["y"][0] < 0.2
    assert test["y"][-1] >= 0.85  # two epochs of notebook B's recipe
    loss = trace_on(page, "mnist_curves", "loss")
    assert abs(loss["y"][0] - np.log(10)) < 0.1  # ten answers, all as likely
    assert loss["y"][-1] < 0.6
    assert "60,000 digits" in page.markdown[0].value


def test_the_tiles_are_diverging_centred_at_zero_and_28_by_28(open_page, mnist):
    tiles = trace_on(open_page("mnist"), "mnist_weights", "weights")
    assert tiles["zmin"] == -tiles["zmax"]
    assert tiles["zmid"] == 0
    assert np.isfinite(tiles["z"]).sum() == 50 * 28 * 28
    first_tile = np.asarray(tiles["z"])[:28, :28]
    assert np.isfinite(first_tile).all()
    assert first_tile[4:24, 4:24].std() > 0.03  # the start's weights have a spread of 0.01


def test_without_mnist_it_says_so_in_one_line_and_trains_on_the_bundled_digits(open_page, bundled):
    page = open_page("mnist")
    (note,) = (line.value for line in page.markdown if "scikit-learn" in line.value)
    assert "\n" not in note
    assert np.isfinite(trace_on(page, "mnist_weights", "weights")["z"]).sum() == 50 * 8 * 8


def test_start_pause_go_on_and_start_over(open_page, bundled):
    page = open_page("mnist", mnist_lr="1", mnist_epochs="200")
    page.button(key="mnist_start").click().run()
    assert page.markdown[0].value.startswith("Training")
    page.button(key="mnist_pause").click().run()
    assert page.markdown[0].value.startswith("Paused")
    paused_at = len(trace_on(page, "mnist_curves", "loss")["x"])
    time.sleep(0.3)
    assert len(trace_on(page.run(), "mnist_curves", "loss")["x"]) == paused_at
    page.button(key="mnist_start").click().run()
    wait_until(page, "Done")
    done = trace_on(page, "mnist_curves", "test digits")
    assert done["x"][-1] == 200
    assert done["y"][-1] > 0.9
    page.button(key="mnist_stop").click().run()
    assert page.markdown[0].value.startswith("While this page opened")


def test_the_page_stays_usable_while_a_run_goes_on(open_page, bundled):
    page = open_page("mnist", mnist_epochs="200")
    page.button(key="mnist_start").click().run()
    page.slider(key="mnist_hidden").set_value(12).run()
    assert not page.exception
    assert "The controls have moved since" in page.markdown[0].value
    assert np.isfinite(trace_on(page, "mnist_weights", "weights")["z"]).sum() == 50 * 64
    page.button(key="mnist_stop").click().run()
    assert "12 hidden units" in page.markdown[0].value


def test_a_run_is_found_by_its_link_from_another_visit(open_page, bundled):
    page = open_page("mnist", mnist_lr="3", mnist_epochs="5")
    page.button(key="mnist_start").click().run()
    wait_until(page, "Done")
    link = {key: str(value) for key, value in page.query_params.items()}
    elsewhere = open_page("mnist", run=link["run"])
    assert elsewhere.markdown[0].value.startswith("Done: 5.0 of 5 epochs")
    assert "learning rate 3" in elsewhere.markdown[0].value


def test_a_link_to_a_run_that_is_gone_gets_a_sentence(open_page, bundled):
    page = open_page("mnist", run="nobody-has-this")
    assert "not on this server" in page.toast[0].value
    assert page.markdown[0].value.startswith("While this page opened")


def test_both_ends_of_every_control_open(open_page, bundled):
    for lr, hidden, batch in (("0.001", "1", "1000"), ("10", "256", "10")):
        page = open_page("mnist", mnist_lr=lr, mnist_hidden=hidden, mnist_batch=batch)
        assert len(figure_on(page, "mnist_curves")["data"]) == 3
