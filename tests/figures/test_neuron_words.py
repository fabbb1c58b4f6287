from figures.neuron_words import change


def test_two_numbers_get_the_digits_that_tell_them_apart():
    assert change(0.273, 0.108) == "from **0.273** to **0.108**"
    assert change(0.995064, 0.995061) == "from **0.995064** to **0.995061**"
    assert change(0.5, 0.5) == "from **0.5** to **0.5**"
