"""Which folders lie on a disk that other machines write to.

In goes Linux's table of mounts, out comes the kind of file system where it is one over a network or
shared with another system: of what is changed there from elsewhere, nothing tells.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")

# Kinds of file systems as the table names them. `9p` and `drvfs` are the disks of Windows in WSL.
_SHARED = frozenset(
    {"9p", "afs", "beegfs", "ceph", "cifs", "coda", "drvfs", "fakeowner", "gfs2", "glusterfs"}
    | {"gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "prl_fs", "smb3", "smbfs", "vboxsf"}
    | {"virtiofs", "vmhgfs"}
)
# Programs that show a remote folder, or one of a virtual machine's host; "fuse." stands before.
_SHARED_BY_PROGRAM = frozenset(
    {"ceph", "davfs", "gcsfuse", "glusterfs", "goofys", "grpcfuse", "juicefs", "osxfs", "rclone"}
    | {"s3fs", "sshfs", "vmhgfs-fuse"}
)
_FIELDS = 5


def shared_kind(folder: str, table: Path = MOUNTS) -> str:
    """Return the kind of file system that a folder, resolved, lies on if it is shared, else "".

    Where there is no table of mounts nothing is known, and that is "" too.
    """
    try:
        lines = table.read_bytes().decode("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    longest, kind = -1, ""
    for line in lines:
        # proc_pid_mountinfo(5): the fifth field is where, the first behind "-" the kind.
        before, _, behind = line.partition(" - ")
        fields, (found, *_) = before.split(" "), [*behind.split(" "), ""]
        if len(fields) < _FIELDS:
            continue
        point = _unescaped(fields[4])
        is_over = folder == point or folder.startswith(point.rstrip("/") + "/")
        if is_over and len(point) >= longest:  # of two at one place the later covers the earlier
            longest, kind = len(point), found
    is_shared = kind in _SHARED or kind.removeprefix("fuse.") in _SHARED_BY_PROGRAM
    return kind if is_shared else ""


def _unescaped(field: str) -> str:
    """A path of the table: spaces and the like are written as a backslash and octal digits."""
    raw = re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8)]), os.fsencode(field))
    return os.fsdecode(raw)
