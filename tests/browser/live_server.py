"""`briefgen serve` as an author has it: a process of its own, its lines, and saves beside it."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
BRIEFGEN = "from briefgen.cli.main import main; raise SystemExit(main())"
"""What the console script does; it runs where the project is not installed too."""

STARTS_WITHIN = 60  # seconds; a shared machine may be slow to begin
ENDS_WITHIN = 10  # seconds; far above what Ctrl-C takes, for machines that are busy

# A test run that was started in the background of a script ignores Ctrl-C, and so would its servers.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def command(*arguments):
    """The words and the environment that run briefgen as a process."""
    folders = (str(PROJECT), os.environ.get("PYTHONPATH"))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, folders))}
    return [sys.executable, "-c", BRIEFGEN, *arguments], environment


def run(*arguments, folder):
    """Run a command that ends by itself; return what subprocess says of it."""
    words, environment = command(*arguments)
    return subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def save(path, text):
    """Save as careful editors do: a new file beside the old one, then put in its place."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


class LiveServer:
    """A running server; as a context manager it is ended whatever happens.

    `temporary` is the folder that it takes for the system's one of temporary files; `before` are
    words of a program that becomes the server.
    """

    def __init__(self, folder, temporary, *arguments, address="127.0.0.1:0", before=()):
        words, environment = command("serve", "--dev-addr", address, *arguments)
        self._said = []
        self._has_ended = False
        self._news = threading.Condition()
        self._process = subprocess.Popen(
            [*before, *words],
            cwd=folder,
            env=environment | {"TMPDIR": str(temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def __enter__(self):
        try:
            self.url = self.wait_for_line(r"^Serving (\S+) ", STARTS_WITHIN)[1]
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._reader.join()

    def _read(self):
        with self._process.stdout as lines:
            for line in lines:
                with self._news:
                    self._said.append(line.rstrip("\n"))
                    self._news.notify_all()
        with self._news:
            self._has_ended = True
            self._news.notify_all()

    @property
    def said(self):
        """All that it has written to the terminal so far."""
        with self._news:
            return "\n".join(self._said)

    def wait_for_line(self, pattern, seconds=30):
        """Wait until a line matches, and return the match."""
        end = time.monotonic() + seconds
        with self._news:
            while True:
                for line in self._said:
                    if match := re.search(pattern, line):
                        return match
                left = 0 if self._has_ended else end - time.monotonic()
                assert left > 0, f"no line {pattern!r} in {seconds} s:\n" + "\n".join(self._said)
                self._news.wait(left)

    @property
    def is_running(self):
        """Whether the process goes on."""
        return self._process.poll() is None

    @property
    def process(self):
        """The number of the process."""
        return self._process.pid

    def descriptors(self):
        """How many files and sockets it has open (Linux)."""
        return len(list(Path(f"/proc/{self._process.pid}/fd").iterdir()))

    def sockets(self):
        """How many sockets of the Internet it has open (Linux)."""
        found = 0
        for path in Path(f"/proc/{self._process.pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                found += str(path.readlink()).startswith("socket:")
        return found

    def threads(self):
        """How many threads it has (Linux)."""
        return len(list(Path(f"/proc/{self._process.pid}/task").iterdir()))

    def memory(self):
        """The bytes of memory that it takes (Linux)."""
        pages = Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def signal(self, number):
        """Send it a signal."""
        self._process.send_signal(number)

    def wait(self):
        """Wait until it has ended, and return the exit code. Fails where it goes on running."""
        code = self._process.wait(ENDS_WITHIN)
        self._reader.join()
        return code

    def interrupt(self):
        """Press Ctrl-C; return the exit code. Fails where it goes on running."""
        self.signal(signal.SIGINT)
        return self.wait()
