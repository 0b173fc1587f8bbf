"""A page as a picture with black boxes: nothing of its drawing is left to search."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import Any

from redaction.documents.limits import MAX_IMAGE_PIXELS, MAX_PIXELS
from redaction.documents.pdf.opening import too_large

_SCALE = 150 / 72
_MARGIN = 2
"""pixels around a box"""
Area = tuple[float, float, float, float]
"""left, bottom, right, top in the page's own units"""


def picture(document: Any, number: int, areas: Sequence[Area], marked: Sequence[Area]) -> tuple[bytes, float, float]:
    """Return (JPEG, width, height in points) of a page with ``areas`` and what a person marked in black.

    ``marked`` boxes are counted from the top left corner of the page as it is shown.
    """
    from PIL import ImageDraw

    page = document[number]
    try:
        width, height = page.get_size()
        scale = min(_SCALE, math.sqrt(MAX_PIXELS / max(1.0, width * height)))
        bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False)
        convert = bitmap.get_posconv(page)
        image = bitmap.to_pil().convert("RGB")
        draw = ImageDraw.Draw(image)
        boxes = [(convert.to_bitmap(a[0], a[1]), convert.to_bitmap(a[2], a[3])) for a in areas]
        boxes += [((a[0] * scale, a[1] * scale), (a[2] * scale, a[3] * scale)) for a in marked]
        for (x0, y0), (x1, y1) in boxes:
            draw.rectangle(
                (min(x0, x1) - _MARGIN, min(y0, y1) - _MARGIN, max(x0, x1) + _MARGIN, max(y0, y1) + _MARGIN), fill=(0, 0, 0)
            )
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=80, optimize=True)
        return buffer.getvalue(), width, height
    finally:
        page.close()


def refuse_huge_images(images: Sequence[Any]) -> None:
    """Raise BadInput for an image whose pixels would fill the memory when it is drawn."""
    for image in images:
        if int(image.get("/Width", 0)) * int(image.get("/Height", 0)) > MAX_IMAGE_PIXELS:
            raise too_large()


def replace_page(pdf: Any, page: Any, jpeg: bytes, width: float, height: float) -> None:
    """Make the picture the only content of a page."""
    import pikepdf
    from PIL import Image

    with Image.open(io.BytesIO(jpeg)) as image:
        pixels = image.size
    stream = pdf.make_stream(
        jpeg,
        Type=pikepdf.Name("/XObject"),
        Subtype=pikepdf.Name("/Image"),
        Width=pixels[0],
        Height=pixels[1],
        ColorSpace=pikepdf.Name("/DeviceRGB"),
        BitsPerComponent=8,
        Filter=pikepdf.Name("/DCTDecode"),
    )
    held = page.obj
    for key in [k for k in held.keys() if k not in ("/Type", "/Parent")]:
        del held[key]
    held["/MediaBox"] = pikepdf.Array([0, 0, round(width, 3), round(height, 3)])
    held["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=stream))
    held["/Contents"] = pdf.make_stream(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Page Do Q".encode())
