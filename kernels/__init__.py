"""The same training, compiled: small networks at the speed of the machine.

nn_core stays what people read and what decides: the tests hold the loop here to it, and what the
loop cannot do, nn_core does. Numba is imported here and nowhere else, and only when a network is
trained.
"""

from kernels.compiled import compile_in_background
from kernels.plan import knows
from kernels.train import ready, suits, train

__all__ = ["compile_in_background", "knows", "ready", "suits", "train"]
