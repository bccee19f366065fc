"""Source lines on a terminal: nothing steers it, and the caret stands below its column."""

import pytest

from briefgen.cli.frame import Frame, cells, frames, visible, window
from briefgen.model.diagnostics import Place


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, with é and 日本", "plain, with é and 日本"),
        ("\x1b[31mred", "␛[31mred"),
        ("bell\x07nul\x00del\x7f", "bell␇nul␀del␡"),
        ("csi \x9b31m", r"csi \x9b31m"),
        ("two\nlines\r", "two␊lines␍"),
        ("a\tb", "a    b"),
        ("evil\u202egpj", r"evil\u202egpj"),
        ("\ufeffmark", r"\ufeffmark"),
        ("line\u2028end", r"line\u2028end"),
        ("file\udcff", r"file\udcff"),
        ("\U000e0041tag", r"\U000e0041tag"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🚀", "👩\u200d🚀"),
    ],
)
def test_what_would_steer_a_terminal_is_shown(text, shown):
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "size"),
    [("abc", 3), ("日本", 4), ("e\u0301", 1), ("ＡＢ", 4), ("Привет", 6), ("🚀", 2), ("", 0)],
)
def test_cells(text, size):
    assert cells(text) == size


@pytest.mark.parametrize(
    ("line", "column", "pointed_at"),
    [
        ("quote: agreed", 8, "agreed"),
        ("日本 agreed", 4, "agreed"),
        ("\tagreed", 2, "agreed"),
        ("e\u0301 agreed", 4, "agreed"),
        ("\x1b[0m agreed", 6, "agreed"),
        ("\u202e agreed", 3, "agreed"),
        ("agreed", 7, ""),
        ("agreed", 70, ""),
        ("", 1, ""),
    ],
)
def test_the_caret_is_below_its_column(line, column, pointed_at):
    shown, caret = window(line, column, 60)
    start = next(n for n in range(len(shown) + 1) if cells(shown[:n]) == caret)
    assert shown[start:] == pointed_at


def test_no_caret_where_the_column_is_not_known():
    assert window("quote: agreed", 0, 60) == ("quote: agreed", None)


@pytest.mark.parametrize("column", [1, 7, 30, 500, 501, 994, 1000])
@pytest.mark.parametrize("letter", ["x", "日", "\x1b", "\u202e"])
def test_a_long_line_is_a_window_around_the_caret(column, letter):
    line = letter * 1000
    line = line[: column - 1] + "#" + line[column:]
    shown, caret = window(line, column, 40)
    assert cells(shown) <= 40
    start = next(n for n in range(len(shown) + 1) if cells(shown[:n]) == caret)
    assert shown[start] == "#"
    assert shown.startswith("…") == (caret < cells(visible(line[: column - 1])))
    assert cells(shown) > 20, "the window is put to use"


def test_both_cut_ends_are_marked():
    shown, _ = window("a" * 100, 50, 20)
    assert shown[0] == shown[-1] == "…"


def test_a_window_costs_no_more_on_a_line_of_megabytes():
    shown, caret = window("y" * 8_000_000, 4_000_000, 40)
    assert cells(shown) <= 40
    assert shown[caret] == "y"


def test_frames_read_lines_as_the_loader_counts_them(tmp_path):
    (tmp_path / "x.md").write_bytes(b"\xef\xbb\xbfone\r\ntwo\x0b\xe2\x80\xa8still\rthree\n")
    frame = frames(tmp_path, 60)
    assert frame(Place("x.md", 1, 1)) == Frame(1, "one", 0)
    assert frame(Place("x.md", 2, 1)) == Frame(2, "two␋\\u2028still", 0)
    assert frame(Place("x.md", 3, 3)) == Frame(3, "three", 2)


@pytest.mark.parametrize(
    "place",
    [
        Place(),
        Place("x.md"),
        Place("x.md", 2, 1),
        Place("x.md", 99, 1),
        Place("missing.md", 1, 1),
        Place("folder", 1),
    ],
)
def test_no_frame_where_there_is_no_line(tmp_path, place):
    (tmp_path / "x.md").write_text("one\n \n")
    (tmp_path / "folder").mkdir()
    assert frames(tmp_path, 60)(place) is None


def test_bytes_that_are_not_text_still_give_a_line(tmp_path):
    (tmp_path / "x.md").write_bytes(b"ok \xff bad\n")
    assert frames(tmp_path, 60)(Place("x.md", 1, 4)) == Frame(1, "ok \ufffd bad", 3)
