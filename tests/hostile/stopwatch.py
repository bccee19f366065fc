"""Whether a cost grows with the size of its input and no faster, on a machine that others share."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

MOST_GROWTH = 6.5  # of the time for four times as much; 4 is linear, 16 quadratic
LEAST_S = 0.03  # seconds of processor time that are long enough to be compared
LARGEST = 64  # times the first size, at most, to be as long as that


def cpu_seconds(run: Callable[[], object]) -> float:
    """The processor time that a call takes, collecting of garbage left out."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        run()
        return time.process_time() - start
    finally:
        gc.enable()


def assert_linear(
    make: Callable[[int], Callable[[], object]],
    size: int,
    cap_s: float,
    most_growth: float = MOST_GROWTH,
) -> None:
    """See that the time of `make(n)()` grows with n: n from `size` on, twice and four times that.

    `cap_s` are the seconds of processor time that the longest may take. Times are taken again
    where they look wrong: another process may have emptied the caches meanwhile.
    """
    factor = 1
    while (first := cpu_seconds(make(size * factor))) < LEAST_S and factor < LARGEST:
        factor *= 2
    runs = [make(size * factor * times) for times in (1, 2, 4)]
    best = [first, *map(cpu_seconds, runs[1:])]
    for _ in range(3):
        if best[2] <= min(max(best[0], LEAST_S) * most_growth, cap_s):
            return
        best = [min(old, cpu_seconds(run)) for old, run in zip(best, runs, strict=True)]
    shown = ", ".join(f"{one:.3f}" for one in best)
    raise AssertionError(f"seconds for n, 2n, 4n: {shown}, with n = {size * factor}")
