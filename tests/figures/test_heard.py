import pytest

from figures.heard import heard


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (1.0, 4000.0, "**one part in 4,000** of what"),
        (1.0, 3.726, "**27%** of what"),
        (99.0, 10_000.0, "**one part in 100** of what"),
        (0.00749, 1.0, "**one part in 130** of what"),
        (2.0, 4_123_456.0, "**one part in 2.1 million** of what"),
        (1.0, 3e9, "**one part in 3 billion** of what"),
        (1.0, 3.04e12, "**one part in 3 trillion** of what"),
        (1e-20, 2.0, "**one part in 2 × 10²⁰** of what"),
        (30.0, 2.0, "**15 times** what"),
        (1.0, 1.0, "**as much** as"),
        (1.00001, 1.0, "**about as much** as"),
        (0.0, 1.0, "**nothing** of what"),
    ],
)
def test_what_the_first_layer_hears_is_a_share_of_what_the_last_one_does(first, last, said):
    assert heard(first, last) == said
