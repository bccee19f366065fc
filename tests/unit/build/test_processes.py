"""Work shared by processes: those that can't be forked, as a server's are, and any that end early."""

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress

import pytest

from briefgen.build.errors import BuildStop
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


class Idler(Worker):
    def do(self, items):
        time.sleep(0.01)
        return items


@pytest.mark.slow
def test_processes_that_are_killed_as_the_work_is_broken_off_are_no_news(monkeypatch):
    """As when a server ends during a build; one round in two failed where this went wrong."""
    complaints = []
    monkeypatch.setattr(threading, "excepthook", lambda of: complaints.append(of.exc_value))
    for round_ in range(8):
        results = run_in_processes(Idler, (), [[n] for n in range(20)], 2)
        next(results)
        for process in multiprocessing.active_children():
            process.kill()
        time.sleep(round_ * 1e-4)
        with suppress(BuildStop):
            results.close()
    assert complaints == []


@pytest.mark.slow
@pytest.mark.parametrize("is_broken_off", [False, True])
def test_work_that_ends_leaves_no_process_and_no_thread(is_broken_off):
    """Else the next pool could not be forked, and the lock of a build be let go before its end."""
    threads = threading.active_count()
    results = run_in_processes(Idler, (), [[n] for n in range(20)], 2)
    if is_broken_off:
        next(results)
        results.close()
    else:
        assert list(results) == [[n] for n in range(20)]
    assert multiprocessing.active_children() == []
    assert threading.active_count() == threads


SCRIPT = """
import os, sys, threading
from pathlib import Path
from briefgen.build.pool import Worker
from briefgen.build.processes import prepare, run_in_processes

class Parents(Worker):
    def do(self, items):
        return os.getppid()

def work():
    folder = Path(sys.argv[1])
    prepare(folder, 2)
    sockets = len(list(folder.iterdir()))
    found = set(run_in_processes(Parents, (), [[n] for n in range(9)], 2))
    print(sockets, found == {os.getpid()}, flush=True)

if __name__ == "__main__":
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="a process for that is forked from on Linux")
@pytest.mark.parametrize(("length", "said"), [(8, "1 False"), (150, "0 True")])
def test_a_process_to_fork_from_is_prepared_unless_the_path_of_its_socket_is_too_long(
    tmp_path, length, said
):
    script, folder = tmp_path / "script.py", tmp_path / ("f" * length)
    script.write_text(SCRIPT)
    folder.mkdir()
    words = [sys.executable, str(script), str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True)
    assert (done.stdout.strip(), done.stderr) == (said, "")


ENDED = """
import os, sys, threading, time
from contextlib import suppress
from briefgen.build.pool import Worker
from briefgen.build.processes import end_all, run_in_processes

class Nothing(Worker):
    def do(self, items):
        return items

def work():
    with suppress(Exception):  # as a server's loop does
        while True:
            list(run_in_processes(Nothing, (), [[n] for n in range(9)], 2))

if __name__ == "__main__":
    threading.Thread(target=work, daemon=True).start()
    time.sleep(float(sys.argv[1]))
    end_all()
    os._exit(0)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="processes end in another way there")
def test_processes_that_are_half_started_as_the_program_ends_are_no_news(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(ENDED)
    with tempfile.TemporaryDirectory() as folder:  # of a short path, since sockets lie in it
        for n in range(16):
            words = [sys.executable, str(script), str(n * 0.03)]
            done = subprocess.run(
                words,
                env=os.environ | {"TMPDIR": folder},
                capture_output=True,
                text=True,
                timeout=60,
                check=True,
            )
            assert done.stderr == "", n
