"""Only a real, modest picture is kept, and nothing else of what was sent."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from spbe_attendance.kehadiran.pencatatan.photo_check import PhotoError, clean


def picture(size=(320, 240), kind="JPEG", **options):
    target = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(target, kind, **options)
    return target.getvalue()


def refused(content, side=1600):
    with pytest.raises(PhotoError) as error:
        clean(content, side)
    return error.value.code


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("WEBP", "webp")])
def test_jpeg_and_webp_are_kept_as_what_they_are(kind, ending):
    cleaned, found = clean(picture(kind=kind), 1600)
    assert found == ending
    assert Image.open(io.BytesIO(cleaned)).size == (320, 240)


def test_position_and_all_other_exif_are_removed():
    exif = Image.Exif()
    exif[0x010F] = "Merek Telepon"
    exif.get_ifd(0x8825)[1] = "N"
    sent = picture(exif=exif.tobytes())
    assert Image.open(io.BytesIO(sent)).getexif()
    cleaned, _ = clean(sent, 1600)
    assert not Image.open(io.BytesIO(cleaned)).getexif()
    assert b"Merek" not in cleaned


def test_a_picture_lying_on_its_side_is_put_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    cleaned, _ = clean(picture(exif=exif.tobytes()), 1600)
    assert Image.open(io.BytesIO(cleaned)).size == (240, 320)


def test_what_hides_behind_the_picture_is_dropped():
    cleaned, _ = clean(picture() + b"<script>alert(1)</script>", 1600)
    assert b"<script>" not in cleaned


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"bukan gambar", "not_an_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_an_image"),
        (picture(kind="PNG"), "not_an_image"),
        (picture(kind="GIF"), "not_an_image"),
        (picture(size=(1601, 200)), "too_many_pixels"),
        (picture(size=(20, 20)), "too_small"),
        (picture()[:900], "damaged"),
    ],
)
def test_what_is_no_proper_photo_is_refused_with_the_reason(content, code):
    assert refused(content) == code


def test_a_decompression_bomb_is_refused_by_its_header():
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    assert refused(bomb) == "not_an_image"
    jpeg = bytearray(picture())
    frame = jpeg.index(b"\xff\xc0")
    jpeg[frame + 5 : frame + 9] = struct.pack(">HH", 60000, 60000)
    assert refused(bytes(jpeg)) == "too_many_pixels"


@given(st.binary(max_size=300), st.integers(0, 200))
def test_any_damage_gives_a_named_refusal_or_a_picture(noise, where):
    content = picture((64, 64))
    damaged = content[:where] + noise + content[where + len(noise) :]
    try:
        cleaned, _ = clean(damaged, 1600)
    except PhotoError as error:
        assert error.code
    else:
        assert Image.open(io.BytesIO(cleaned)).size
