"""NumPy's chance, compiled: what nn_core draws from `default_rng([seed, …])`, to the same bits.

To make such a generator takes NumPy 15 µs, in which no other thread gets on, and a training makes
one an epoch. These are NumPy's SeedSequence (M. E. O'Neill, *Developing a seed_seq alternative*,
2015) and PCG64 (O'Neill, *PCG*, 2014), and how its `Generator` shuffles; the tests hold them to
NumPy's own. All is counted modulo 2³² or 2⁶⁴.
"""

import numba
import numpy as np

exact = numba.njit(error_model="numpy")
CACHE = bool(numba.config.CACHE_DIR)

U = np.uint64
ZERO, ONE, HALF, MOST = U(0), U(1), U(32), U(0xFFFFFFFF)
INIT_A, MULT_A = U(0x43B0D7E5), U(0x931E8875)
INIT_B, MULT_B = U(0x8B51F9DD), U(0x58F38DED)
MIX_L, MIX_R, SHIFT = U(0xCA01F9DD), U(0x4973F715), U(16)
FACTOR_HIGH, FACTOR_LOW = U(0x2360ED051FC65DA4), U(0x4385DF649FCCF645)
TURN, ALL_BITS, MANTISSA, UNIT = U(58), U(63), U(11), 2.0**-53
HIGH, LOW, ADDED_HIGH, ADDED_LOW, SPARE, HAS_SPARE = range(6)  # of a generator's numbers


@exact
def stirred(value, constant, factor):
    """A number with a constant mixed in, and the next constant."""
    after = constant * factor & MOST
    value = (value ^ constant) * after & MOST
    return value ^ value >> SHIFT, after


@exact
def seed(g, words):
    """Begin the generator g anew, as `default_rng(words)` does: at most four numbers below 2³²."""
    pool, constant = np.zeros(4, np.uint64), INIT_A
    for i in range(4):
        pool[i], constant = stirred(words[i] if i < len(words) else ZERO, constant, MULT_A)
    for i in range(4):
        for j in range(4):
            if i != j:
                other, constant = stirred(pool[i], constant, MULT_A)
                mixed = (MIX_L * pool[j] - MIX_R * other) & MOST
                pool[j] = mixed ^ mixed >> SHIFT
    begun, constant = np.zeros(4, np.uint64), INIT_B
    for i in range(8):
        half, constant = stirred(pool[i % 4], constant, MULT_B)
        begun[i // 2] |= half << HALF if i % 2 else half
    g[:] = ZERO
    g[ADDED_HIGH] = begun[2] << ONE | begun[3] >> ALL_BITS
    g[ADDED_LOW] = begun[3] << ONE | ONE
    following(g)
    g[LOW] += begun[1]
    g[HIGH] += begun[0] + (ONE if g[LOW] < begun[1] else ZERO)
    following(g)


@exact
def following(g):
    """The next 64 bits: the generator's 128 times a factor, plus what it adds, its halves mixed."""
    a, b = g[LOW] & MOST, g[LOW] >> HALF
    c, d = FACTOR_LOW & MOST, FACTOR_LOW >> HALF
    middle = (a * c >> HALF) + (a * d & MOST) + (b * c & MOST)
    over = b * d + (a * d >> HALF) + (b * c >> HALF) + (middle >> HALF)
    low = g[LOW] * FACTOR_LOW + g[ADDED_LOW]
    carried = ONE if low < g[ADDED_LOW] else ZERO
    high = over + g[HIGH] * FACTOR_LOW + g[LOW] * FACTOR_HIGH + g[ADDED_HIGH] + carried
    g[HIGH], g[LOW] = high, low
    mixed, turn = high ^ low, high >> TURN
    return mixed >> turn | mixed << ((ZERO - turn) & ALL_BITS)


@exact
def half(g):
    """The next 32 bits; the other half of the 64 is kept for the time after."""
    if g[HAS_SPARE]:
        g[HAS_SPARE] = ZERO
        return g[SPARE]
    both = following(g)
    g[SPARE], g[HAS_SPARE] = both >> HALF, ONE
    return both & MOST


@exact
def up_to(g, last, bits):
    """A whole number from 0 to last, each as likely: the first such in so many of the bits."""
    while True:
        number = half(g) & bits
        if number <= last:
            return number


@numba.njit("void(uint64, uint64, int64[:, ::1])", nogil=True, cache=CACHE, error_model="numpy")
def shuffle(seeded, epoch, orders):
    """`default_rng([seed, epoch]).permutation(n)` into each row, (epochs, n), epoch after epoch."""
    g, words = np.zeros(6, np.uint64), np.array([seeded, epoch])
    for row in range(len(orders)):
        order, bits = orders[row], MOST
        for i in range(len(order)):
            order[i] = i
        seed(g, words)
        for i in range(len(order) - 1, 0, -1):
            while bits >> ONE >= U(i):
                bits >>= ONE
            j = up_to(g, U(i), bits)
            order[i], order[j] = order[j], order[i]
        words[1] += ONE


@numba.njit(
    "void(uint64, uint64, int64[::1], float64[::1])",
    nogil=True,
    cache=CACHE,
    error_model="numpy",
)
def draw(seeded, step, counts, draws):
    """`default_rng([seed, step, 1]).random(count)`, step after step, one after the other."""
    g, words, place = np.zeros(6, np.uint64), np.array([seeded, step, ONE]), 0
    for count in counts:
        seed(g, words)
        for _ in range(count):
            draws[place] = (following(g) >> MANTISSA) * UNIT
            place += 1
        words[1] += ONE
