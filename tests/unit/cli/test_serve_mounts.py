"""Which folders lie on a disk that tells of no changes from elsewhere."""

import pytest

from briefgen.serve import watch as watching
from briefgen.serve.batches import Batches
from briefgen.serve.mounts import shared_kind
from briefgen.serve.watch import SiteWatch

TABLE = r"""22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
23 22 0:21 / /proc rw - proc proc rw
40 22 0:44 / /mnt/desk rw,relatime shared:1 - nfs4 server:/desk rw,vers=4.2
41 40 0:45 / /mnt/desk/local rw - tmpfs tmpfs rw
42 22 0:46 / /mnt/c rw master:1 propagate_from:2 - 9p C:\134 rw,aname=drvfs
43 22 0:47 / /home/me/My\040Share rw - cifs //host/share rw
44 22 0:48 / /home/me/ssh rw - fuse.sshfs me@host: rw
45 22 0:49 / /home/me/crypt rw - fuse.gocryptfs /x rw
46 22 0:50 / /over rw - nfs a:/ rw
47 46 0:51 / /over rw - ext4 /dev/vdb rw
48 22 0:52 / /home/me/r\303\251sum\303\251 rw - vboxsf x rw
broken line
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "mountinfo"
    path.write_text(TABLE)
    return path


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/me/site", ""),
        ("/", ""),
        ("/mnt/desk", "nfs4"),
        ("/mnt/desk/site/content", "nfs4"),
        ("/mnt/desktop", ""),
        ("/mnt/desk/local/site", ""),
        ("/mnt/c/Users/me/site", "9p"),
        ("/home/me/My Share/site", "cifs"),
        ("/home/me/ssh", "fuse.sshfs"),
        ("/home/me/crypt/site", ""),
        ("/over/site", ""),
        ("/home/me/résumé/site", "vboxsf"),
    ],
)
def test_the_mount_that_a_folder_lies_on(table, folder, kind):
    assert shared_kind(folder, table) == kind


def test_a_system_without_a_table(tmp_path):
    assert shared_kind("/mnt/desk", tmp_path / "nothing") == ""


@pytest.mark.parametrize(
    ("shared", "said"),
    [("", "the site lies on a network drive (nfs4)"), ("content", "content/ lies on")],
)
def test_a_site_on_a_network_drive_is_polled_and_says_so(tmp_path, monkeypatch, shared, said):
    folder = tmp_path / "site"
    (folder / "content").mkdir(parents=True)
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"1 0 0:1 / / rw - ext4 x rw\n2 1 0:2 / {folder / shared} rw - nfs4 x rw\n")
    monkeypatch.setattr(watching, "shared_kind", lambda path: shared_kind(path, mounts))
    monkeypatch.setattr(watching, "Observer", None)  # it is not even tried
    watch = SiteWatch(folder, Batches(), tmp_path / "private")
    watch.start()
    assert watch.is_polling
    assert said in watch.why_polling
    watch.stop()
