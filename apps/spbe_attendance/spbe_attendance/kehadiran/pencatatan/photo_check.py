"""What may be kept as a photo. Pure: bytes in, clean bytes out."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

FORMATS = {"JPEG": "jpg", "WEBP": "webp"}
SMALLEST_SIDE = 64


class PhotoError(ValueError):
    """``code``: empty, not_an_image, wrong_type, too_many_pixels, too_small, damaged."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def clean(content: bytes, longest_side: int) -> tuple[bytes, str]:
    """The picture encoded anew, without EXIF, GPS or anything hidden behind it, and its file ending.

    The size in the header is checked before a pixel is decoded. Raises PhotoError.
    """
    if not content:
        raise PhotoError("empty")
    image = _open(content)
    if max(image.size) > longest_side:
        raise PhotoError("too_many_pixels")
    if min(image.size) < SMALLEST_SIDE:
        raise PhotoError("too_small")
    kind = str(image.format)
    try:
        image.load()
        upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PhotoError("damaged") from error
    plain = Image.new("RGB", upright.size)
    plain.paste(upright)
    result = io.BytesIO()
    plain.save(result, kind, quality=85)
    return result.getvalue(), FORMATS[kind]


def _open(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(content), formats=tuple(FORMATS))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoError("too_many_pixels") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise PhotoError("not_an_image") from error
