"""What an image tells of its size."""

import pytest
from site_tester import png

from briefgen.load.images import LARGEST, MOST, image_size, size_of

NS = 'xmlns="http://www.w3.org/2000/svg"'
BOMB = (
    '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(12))
    + "]>"
)


def jpeg(width, height, *, turned=False):
    """The head of a photograph, which a camera may have turned by a quarter."""
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    app1 = b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif if turned else b""
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    frame = b"\xff\xc0\0\x11\x08" + size + b"\x03\x01\x22\0\x02\x11\x01\x03\x11\x01"
    return b"\xff\xd8" + app1 + frame + b"\xff\xda"


RASTER = {
    "png": (png(7, 5), (7, 5)),
    "gif": (b"GIF89a\x07\0\x05\0\x80\0\0", (7, 5)),
    "jpeg": (jpeg(700, 500), (700, 500)),
    "turned": (jpeg(700, 500, turned=True), (500, 700)),
    "not an image": (b"a picture", None),
    "empty": (b"", None),
    "cut off": (png(7, 5)[:18], None),
    "none wide": (png(0, 5), None),
    "not believed": (png(7, 5)[:16] + b"\x7f\0\0\0\x7f\0\0\0" + png(7, 5)[24:], None),
}


@pytest.mark.parametrize("name", RASTER)
def test_the_size_of_a_raster_image(name):
    data, size = RASTER[name]
    assert size_of(data, is_svg=False) == size


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        (f'<svg {NS} width="640" height="150"/>', (640, 150)),
        (f'<svg {NS} width="640px" height="1in"><path d="', (640, 96)),
        (f'<?xml version="1.0"?>\n<!-- a -->\n<svg {NS} width="3.5" height="2"/>', (4, 2)),
        (f'<svg {NS} viewBox="0 0 40 20"/>', (1200, 600)),
        (f'<svg {NS} viewBox="0,0,40,20" width="100%" height="auto"/>', (1200, 600)),
        (f'<svg {NS} viewBox="0 0 40 20" width="80"/>', (80, 40)),
        (f'<svg {NS} viewBox="0 0 40 20" height="80"/>', (160, 80)),
        (f"<svg {NS}/>", (300, 150)),
        (f'<svg {NS} viewBox="0 0 0 20"/>', (300, 150)),
        (f'<svg {NS} viewBox="0 0 nan inf"/>', (300, 150)),
        (f'<svg {NS} width="-4" height="1e9"/>', (300, 150)),
        ('<s:svg xmlns:s="http://www.w3.org/2000/svg" width="4" height="3"/>', (4, 3)),
        (f'<svg {NS} width="0" height="3"/>', (300, 3)),
        (f'<svg {NS} width="999999999" height="3"/>', None),
        ("<html/>", None),
        ("<svg", None),
        ("", None),
        ('<?xml version="1.0" encoding="no-such"?><svg width="4" height="3"/>', None),
        (f'{BOMB}<svg width="&m;" height="3"/>', None),
    ],
)
def test_the_size_of_a_drawing(svg, size):
    assert size_of(svg.encode(), is_svg=True) == size


def test_a_file_is_read_no_further_than_need_be(tmp_path):
    (tmp_path / "big.png").write_bytes(png(9, 9) + b"\0" * (MOST + 10))
    assert image_size(tmp_path, "big.png") == (9, 9)
    assert image_size(tmp_path, "missing.png") is None
    assert image_size(tmp_path, "../out.png") is None


def test_what_is_not_believed_is_far_from_what_screens_show():
    assert LARGEST == 100_000
