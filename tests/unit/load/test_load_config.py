from __future__ import annotations

import pytest

from briefgen.load.config import load_config, normalise_url, output_problem
from briefgen.model.site import SiteConfig


def config_of(tmp_path, text, name="briefgen.yml"):
    root = tmp_path.resolve()
    (root / name).write_text(text)
    return load_config(root)


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("", "url", None),
        ("url: https://example.org", "url", "https://example.org/"),
        ("url: https://example.org/desk/", "url", "https://example.org/desk/"),
        ("url: http://localhost:8000/a", "url", "http://localhost:8000/a/"),
        ("timezone: Europe/Moscow", "timezone", "Europe/Moscow"),
        ("language: zh-Hans", "language", "zh-Hans"),
        ("output: ../public", "output", "../public"),
        ("output: build/site", "output", "build/site"),
        ("linking: {mentions: off}", "linking", SiteConfig("").linking.__class__("off")),
        ("pages: [./docs/, content/pages]", "pages", ("docs", "content/pages")),
        ("pages: []", "pages", ()),
        ("feeds:", "feeds", ("site",)),
    ],
)
def test_config(tmp_path, line, key, value):
    config, data, found = config_of(tmp_path, f"title: T\n{line}\n")
    assert found == ()
    assert getattr(config, key) == value
    assert data == f"title: T\n{line}\n".encode()


@pytest.mark.parametrize(
    ("line", "code", "column", "words"),
    [
        ("them: x", "unknown-key", 1, "`theme`"),
        ("site_url: x", "unknown-key", 1, "`url`"),
        ("url: example.org", "invalid-value", 6, "begins with https://"),
        ("url: ftp://example.org", "invalid-value", 6, "begins with https://"),
        ("url: https://", "invalid-value", 6, "host"),
        ("url: 'https://[::1'", "invalid-value", 6, "no address"),
        ("url: https://example.org:port/", "invalid-value", 6, "no address"),
        ("url: https://example.org/?a=b", "invalid-value", 6, "`?`"),
        ("url: https://me:pw@example.org/", "invalid-value", 6, "`@`"),
        ("url: 'https://example.org/\"><script>'", "invalid-value", 6, "quotation"),
        ("timezone: Berlin", "invalid-value", 11, "`Europe/Berlin`"),
        ("timezone: Europe/Berln", "invalid-value", 11, "`Europe/Berlin`"),
        ("timezone: ../../etc/passwd", "invalid-value", 11, "no time zone"),
        ("timezone: Europe", "invalid-value", 11, "no time zone"),
        ("timezone: ''", "invalid-value", 11, "no time zone"),
        ("language: English language", "invalid-value", 11, "no language"),
        ("theme: ../x", "invalid-value", 8, "theme"),
        ("theme: a/b", "invalid-value", 8, "theme"),
        ("theme: .", "invalid-value", 8, "theme"),
        ("check: {rules: {unsourced: off}}", "unknown-key", 17, "`unsourced-annotation`"),
        ("check: {rules: {single-source: of}}", "invalid-value", 32, "`off`"),
        ("urls: files", "invalid-value", 7, "`file`"),
        ("output: .", "invalid-value", 9, "own folder"),
        ("output: ..", "invalid-value", 9, "own folder"),
        ("output: content", "invalid-value", 9, "`content`"),
        ("output: content/static", "invalid-value", 9, "`content`"),
        ("output: seeds", "invalid-value", 9, "`seeds`"),
        ("output: /", "invalid-value", 9, "own folder"),
        ("pages: [content]", "invalid-value", 9, "content/briefings"),
        ("pages: [content/static/x]", "invalid-value", 9, "content/static"),
        ("pages: [.]", "invalid-value", 9, "inside the site"),
        ("pages: [../x]", "invalid-value", 9, "inside the site"),
        ("authors: {ed: {name: E, url: 'javascript:x'}}", "refused-scheme", 30, "refused"),
    ],
)
def test_a_fault_leaves_the_default(tmp_path, line, code, column, words):
    config, _, (found,) = config_of(tmp_path, f"title: T\n{line}\n")
    assert (found.code, found.place.line, found.place.column) == (code, 2, column)
    assert words in found.message + found.help
    key = line.partition(":")[0]
    if found.code == "invalid-value" and key not in ("pages", "check"):
        assert getattr(config, key) == getattr(SiteConfig("T"), key)


def test_a_folder_of_pages_that_leads_out_of_the_site(tmp_path):
    root = tmp_path.resolve() / "site"
    (root / "content").mkdir(parents=True)
    (root.parent / "outside").mkdir()
    (root / "content/pages").symlink_to(root.parent / "outside")
    _, _, (found,) = config_of(root, "title: T\n")
    assert "leads out of the site's folder by a link" in found.message
    assert found.help == "Put the folder itself there."


@pytest.mark.parametrize(
    ("pages", "output"), [("docs", "docs/site"), ("docs/pages", "docs"), ("docs", "docs")]
)
def test_output_over_pages(tmp_path, pages, output):
    _, _, (found,) = config_of(tmp_path, f"title: T\npages: [{pages}]\noutput: {output}\n")
    assert f"`{pages}`" in found.message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "missing-key"),
        ("url: https://example.org\n", "missing-key"),
        ("title: a: b", "yaml-syntax"),
        ("- title", "invalid-value"),
    ],
)
def test_no_config_at_all(tmp_path, text, code):
    config, data, (found,) = config_of(tmp_path, text)
    assert (config, found.code, data) == (None, code, text.encode())


def test_config_files(tmp_path):
    root = tmp_path.resolve()
    config, data, (found,) = load_config(root)
    assert (config, data, found.code) == (None, b"", "config-missing")
    (root / "briefgen.yaml").write_text("title: second\n")
    assert load_config(root)[0].title == "second"
    (root / "briefgen.yml").write_text("title: first\n")
    assert load_config(root)[0].title == "first"
    (root / "briefgen.yml").write_bytes(b"title: \xff\n")
    assert [d.code for d in load_config(root)[2]] == ["file-encoding"]
    (root / "briefgen.yml").unlink()
    (root / "briefgen.yml").symlink_to(root / "nowhere")
    assert [d.code for d in load_config(root)[2]] == ["file-unreadable"]


def test_config_by_path(tmp_path):
    root = tmp_path.resolve() / "site"
    root.mkdir()
    (root.parent / "other.yml").write_text("title: other\n")
    assert load_config(root, root.parent / "other.yml")[0].title == "other"
    assert [d.code for d in load_config(root, root / "none.yml")[2]] == ["file-unreadable"]


def test_normalise_url_raises():
    with pytest.raises(ValueError, match="https://"):
        normalise_url("javascript:alert(1)")


def test_output_problem_follows_links(tmp_path):
    root = tmp_path.resolve()
    (root / "content").mkdir()
    (root / "link").symlink_to(root / "content")
    assert "content" in output_problem(root, "link")
    assert output_problem(root, "site") is None
    assert output_problem(root, "a\0b") is not None


def test_without_a_config_the_folder_that_has_one_is_named(tmp_path):
    root = tmp_path.resolve() / "desk"
    (root / "content/briefings").mkdir(parents=True)
    (_, _, (alone,)) = load_config(root)
    assert alone.help == "`briefgen init DIR` makes a small working site."
    (root / "briefgen.yaml").write_text("title: Desk\n")
    (_, _, (inside,)) = load_config(root / "content/briefings")
    assert inside.message.endswith("; the nearest one above it is `../../briefgen.yaml`.")
    assert inside.help == "Go there, with `cd ../..`, or name the file with `--config-file`."
    (_, _, (outside,)) = load_config(root.parent)
    assert outside.message.endswith("; its folder `desk` has one.")
    assert outside.help == "Go there, with `cd desk`."
    (root.parent / "other").mkdir()
    (root.parent / "other/briefgen.yml").write_text("title: Desk\n")
    (_, _, (outside,)) = load_config(root.parent)
    assert outside.message.endswith("; of its folders `desk`, `other` have one.")
