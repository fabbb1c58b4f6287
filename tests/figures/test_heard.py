import pytest

from figures.heard import heard


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (1.0, 4000.0, "1/4,000 of what"),
        (1.0, 3.726, "26.8% of what"),
        (2.0, 4_123_456.0, "1/2,100,000 of what"),
        (1e-20, 2.0, "1/(2 × 10²⁰) of what"),
        (30.0, 2.0, "15 times what"),
        (1.0, 1.0, "as much as"),
        (0.0, 1.0, "nothing of what"),
    ],
)
def test_what_the_first_layer_hears_is_a_share_of_what_the_last_one_does(first, last, said):
    assert heard(first, last) == said
