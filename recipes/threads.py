"""How many threads the matrix library may use."""

import functools

from threadpoolctl import threadpool_limits


@functools.cache
def one_blas_thread() -> None:
    """Have the matrix library use one thread for the life of this process; called once, at start.

    With several it sums in another order, so that a run could not be repeated bit for bit, and on
    matrices of this size they cost more than they bring.
    """
    threadpool_limits(limits=1)
