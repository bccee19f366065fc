"""Work shared by processes that can't be forked, as a server's are."""

import signal
import sys
import threading

import pytest

from briefgen.build.pool import Worker
from briefgen.build.processes import run_in_processes

LARGE = bytes(1_000_000)  # far more than a pipe holds


class Counter(Worker):
    def __init__(self, large):
        self.size = len(large)

    def do(self, items):
        return [self.size + item for item in items]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="threads hold back no signals there")
def test_processes_of_a_thread_do_it_in_order_and_leave_ctrl_c_held_back():
    found, held = [], []

    def work():
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        found.extend(run_in_processes(Counter, (LARGE,), [[n] for n in range(9)], 2))
        held.extend(signal.pthread_sigmask(signal.SIG_BLOCK, ()))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [[len(LARGE) + n] for n in range(9)]
    assert held == [signal.SIGINT]
