"""An even draw from rows that come some at a time, when nobody knows how many there will be."""

import numpy as np


class Draw:
    """One row of each stretch of as many; where that is too many, of stretches twice as long.

    So a class keeps its share, whether the classes come one after the other, mixed or in turn. The
    same are drawn each time.
    """

    def __init__(self) -> None:
        """Every row at first."""
        self.rows = np.empty(0, np.int64)  # those that are drawn, in order
        self.seen = 0  # rows
        self._stretch = 1
        self._lots = np.empty(0)  # of those rows: the lowest of a stretch is drawn
        self._rng = np.random.default_rng(0)

    @property
    def all(self) -> bool:
        """Whether every row was taken."""
        return self._stretch == 1

    def more(self, count: int) -> np.ndarray:
        """Which of the next so many rows to take, in order."""
        rows, lots = np.arange(self.seen, self.seen + count), self._rng.random(count)
        self.seen += count
        places = self._lowest(rows, lots)
        self.rows = np.concatenate([self.rows, rows[places]])
        self._lots = np.concatenate([self._lots, lots[places]])
        return places

    def fewer(self) -> np.ndarray:
        """Which of those that were taken to keep, once the stretches are twice as long."""
        self._stretch *= 2
        return self.settled()

    def settled(self) -> np.ndarray:
        """Which to keep, one a stretch; where rows came in two pieces, a stretch may have two."""
        places = self._lowest(self.rows, self._lots)
        self.rows, self._lots = self.rows[places], self._lots[places]
        return places

    def _lowest(self, rows: np.ndarray, lots: np.ndarray) -> np.ndarray:
        """The places, in order, of the rows that have the lowest lot of their stretch."""
        stretches = rows // self._stretch
        order = np.lexsort((lots, stretches))
        _, first = np.unique(stretches[order], return_index=True)
        return order[first]
