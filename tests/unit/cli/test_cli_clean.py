"""`briefgen clean`: what builds have made goes, what anybody else has made stays."""

import pytest

from briefgen.cli.init import make_site
from briefgen.write.lock import build_lock


@pytest.fixture
def desk(tmp_path, run):
    """A site that was built, in the folder `desk`; run commands there."""
    folder = tmp_path / "desk"
    make_site(folder)
    assert run("build", folder=folder).code == 0
    return folder


def names(folder):
    return sorted(one.name for one in folder.iterdir())


def written(folder):
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".briefgen" not in path.parts and "site" not in path.parts
    }


def test_the_output_and_the_cache_go(run, desk):
    before = written(desk)
    count = sum(path.is_file() for path in (desk / "site").rglob("*")) - 1  # the manifest
    ended = run("clean", folder=desk)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"Removed {count} files of site/ and the cache in .briefgen/\n"
    assert not (desk / "site").exists()
    assert not (desk / ".briefgen").exists()
    assert written(desk) == before
    assert run("clean", folder=desk).out == "There was nothing to remove\n"


def test_files_of_others_stay_and_the_folder_can_be_built_into_again(run, desk):
    (desk / "site/CNAME").write_text("e.org")
    (desk / "site/treaties/notes").mkdir()
    (desk / "site/treaties/notes/mine.txt").write_text("mine")
    ended = run("clean", folder=desk)
    assert ended.code == 0
    assert "Left as they are, for they are not briefgen's: site/CNAME, site/treaties\n" in ended.out
    left = sorted(path.name for path in (desk / "site").rglob("*") if path.is_file())
    assert left == [".briefgen-manifest.json", "CNAME", "mine.txt"]
    assert run("build", folder=desk).code == 0
    assert (desk / "site/CNAME").read_text() == "e.org"


def test_a_folder_that_briefgen_did_not_write_is_left(run, desk):
    (desk / "mine").mkdir()
    for number in range(5):
        (desk / f"mine/{number}.html").write_text("mine")
    ended = run("clean", "-d", "mine", folder=desk)
    assert ended.out == (
        "Removed the cache in .briefgen/\n"
        "Left as they are, for they are in no list of what briefgen wrote: "
        "mine/0.html, mine/1.html, mine/2.html and 2 others\n"
    )
    assert len(names(desk / "mine")) == 5
    assert (desk / "site/index.html").exists(), "it is not the output that was named"


def test_a_damaged_list_removes_nothing(run, desk):
    (desk / "site/.briefgen-manifest.json").write_text("{")
    before = names(desk / "site")
    ended = run("clean", folder=desk)
    assert ended.code == 1
    assert "its list of what briefgen wrote is damaged" in ended.err
    assert names(desk / "site") == before


def test_only_the_cache(run, desk):
    before = names(desk / "site")
    assert run("clean", "--cache", folder=desk).out == "Removed the cache in .briefgen/\n"
    assert not (desk / ".briefgen").exists()
    assert names(desk / "site") == before
    assert run("clean", "--cache", "-q", folder=desk).out == ""


@pytest.mark.parametrize("more", [[], ["--cache"]])
def test_a_folder_without_a_configuration_is_refused(run, desk, more):
    (desk / "briefgen.yml").unlink()
    ended = run("clean", *more, folder=desk)
    assert ended.code == 2
    assert "There is no `briefgen.yml` in the folder `desk`" in ended.err
    assert (desk / "site/index.html").exists()
    assert (desk / ".briefgen").exists()


def test_a_configuration_that_can_not_be_read_is_refused(run, desk):
    (desk / "briefgen.yml").write_text("title: [")
    ended = run("clean", folder=desk)
    assert ended.code == 2
    assert ended.err.startswith("briefgen: ")
    assert (desk / "site/index.html").exists()


def test_a_link_in_place_of_the_cache_is_not_followed(run, desk, tmp_path):
    (desk / ".briefgen").rename(tmp_path / "elsewhere")
    (desk / ".briefgen").symlink_to(tmp_path / "elsewhere")
    assert run("clean", folder=desk).code == 2
    assert (tmp_path / "elsewhere/cache.db").exists()
    assert (desk / "site/index.html").exists()


def test_a_build_under_way_is_not_disturbed(run, desk, monkeypatch):
    monkeypatch.setattr(
        "briefgen.build.state.build_lock", lambda state, notify: build_lock(state, 0.6, notify)
    )
    with build_lock(desk / ".briefgen"):
        ended = run("clean", folder=desk)
    assert (ended.code, ended.out) == (1, "")
    waiting, told = ended.err.splitlines()
    assert waiting == "briefgen: waiting for a build of this site to end"
    assert told.startswith("briefgen: A build of this site is under way: process ")
    assert (desk / "site/index.html").exists()


def test_a_cache_elsewhere_is_used_and_goes_and_what_lies_beside_it_stays(run, desk, tmp_path):
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "mine.txt").write_text("mine")
    run("clean", folder=desk)
    assert run("build", "--cache-dir", str(cache), folder=desk).code == 0
    assert not (desk / ".briefgen").exists()
    ended = run("build", "--cache-dir", str(cache), "--stats", folder=desk)
    assert "0 read and annotated" in ended.out
    (folder,) = [name for name in names(cache) if name != "mine.txt"]
    ended = run("clean", "--cache", "--cache-dir", str(cache), folder=desk)
    assert ended.out == f"Removed the cache in {cache / folder}/\n"
    assert names(cache) == ["mine.txt"]
    assert (desk / "site/index.html").is_file()


def test_two_sites_keep_their_caches_in_one_folder(run, desk, tmp_path):
    other, cache = tmp_path / "other", tmp_path / "cache"
    make_site(other)
    for _ in range(2):
        for folder in (desk, other):
            ended = run("build", "--cache-dir", str(cache), "--stats", folder=folder)
            assert ended.code == 0
    assert "0 read and annotated" in ended.out
    assert len(names(cache)) == 2


def test_a_cache_is_never_published(run, desk):
    ended = run("build", "--cache-dir", "site/deep", folder=desk)
    assert ended.code == 2
    assert "The cache would lie in the output" in ended.err
    assert not (desk / "site/deep").exists()
