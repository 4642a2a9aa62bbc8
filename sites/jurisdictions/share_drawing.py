"""Draws a SharePicture as a PNG of 1200 by 630. The same picture gives the same bytes."""

from functools import cache
from io import BytesIO

from django.conf import settings
from PIL import Image, ImageDraw

from sites.jurisdictions.outlines import OUTLINES, Outline
from sites.jurisdictions.share_picture import SharePicture
from sites.jurisdictions.share_shapes import draw_shape
from sites.jurisdictions.share_text import SANS, SERIF, STRONG, fitted, font
from sites.jurisdictions.spread import spread

WIDTH, HEIGHT = 1200, 630
FINE = 2  # what is not text is drawn so many times as large, then made small: smooth edges
LEFT, PANEL = 72, 700  # where the words begin; where the picture of a state begins
TOP, ROOM = 126, 410  # the words' field, between the Bureau's name and the address
COUNTRY_COLUMN, ROW, LEGEND_ROW = 350, 36, 38
LARGEST, SMALLEST = 80, 40  # the headline's sizes
# The palette of static/css/tokens.css.
INK, QUIET, PAPER, PINE, WHITE = "#14263b", "#4d5a68", "#fbfaf6", "#0c5a54", "#ffffff"
GROUND, LAND, LINE, SUN = "#f1efe8", "#e0ded5", "#fbfaf6", "#efb036"
SHADES = ("#e0ded5", "#cfe3dc", "#a9d3ca")
LOGO = settings.BASE_DIR / "static" / "images" / "icon-180.png"

Box = tuple[float, float, float, float]


def draw(picture: SharePicture) -> bytes:
    image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), PAPER)
    if picture.state:
        _draw_state(image, picture)
    else:
        _draw_country(image, picture)
    bar = ImageDraw.Draw(image)
    bar.rectangle((0, (HEIGHT - 12) * FINE, WIDTH * FINE, HEIGHT * FINE), fill=PINE)
    _draw_shapes_of_words(bar, picture)
    image = image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
    _draw_words(image, picture)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _draw_country(image: Image.Image, picture: SharePicture) -> None:
    """The whole map at the right, darker where more places are, each a dot of its stage."""
    scale, left, top = 0.755, 456.0, 96.0
    pen = ImageDraw.Draw(image)
    shades = dict(picture.shades)
    for outline in OUTLINES.values():
        _polygons(pen, outline, (scale, left, top), SHADES[shades.get(outline.usps, 0)])
    _draw_marks(pen, picture, (scale, left, top), 7.0)


def _draw_state(image: Image.Image, picture: SharePicture) -> None:
    """A state among its neighbors in a panel at the right; the Bureau's sign where the map holds no outline."""
    wide, high = WIDTH - PANEL, HEIGHT - 12
    panel = Image.new("RGB", (wide * FINE, high * FINE), GROUND)
    outline = OUTLINES.get(picture.state)
    pen = ImageDraw.Draw(panel)
    if outline is None:
        _draw_sign(panel)
    else:
        scale, left, top = frame = _frame(outline, wide, high)
        for other in OUTLINES.values():
            if other is not outline and not {other.usps, outline.usps} & {"AK", "HI"}:
                _polygons(pen, other, frame, LAND)
        _polygons(pen, outline, frame, SHADES[2], PINE)
        _draw_marks(pen, picture, frame, 12.0)
        if picture.chosen:
            x, y = picture.chosen
            center = ((left + x * scale) * FINE, (top + y * scale) * FINE)
            _disc(pen, center, 40 * FINE, SUN)
            _disc(pen, center, 33 * FINE, PAPER)
            draw_shape(pen, picture.stage, *center, 3.2 * FINE)
    image.paste(panel, (PANEL * FINE, 0))


def _draw_marks(pen: ImageDraw.ImageDraw, picture: SharePicture, frame, radius: float) -> None:
    """Kept apart while they are few; one over the other when they are many."""
    scale, left, top = frame
    few = len(picture.marks) <= 200
    size = radius if few else radius * 0.55
    points = [(left + x * scale, top + y * scale) for x, y, _ in picture.marks]
    if few:
        points = spread(points, size * 1.9, size * 4)
    for (x, y), (_, _, stage) in zip(points, picture.marks, strict=True):
        center = (x * FINE, y * FINE)
        _disc(pen, center, size * 1.22 * FINE, PAPER)
        draw_shape(pen, stage, *center, size / 6 * FINE)


def _disc(pen: ImageDraw.ImageDraw, center: tuple[float, float], radius: float, fill: str) -> None:
    x, y = center
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def _polygons(pen: ImageDraw.ImageDraw, outline: Outline, frame, fill: str, line: str = LINE) -> None:
    scale, left, top = frame
    for ring in outline.rings:
        points = [((left + x * scale) * FINE, (top + y * scale) * FINE) for x, y in ring]
        pen.polygon(points, fill=fill)
        pen.line(
            [*points, points[0]], fill=line, width=round((3.0 if line != LINE else 1.8) * FINE), joint="curve"
        )


def _frame(outline: Outline, wide: int, high: int) -> tuple[float, float, float]:
    """Scale and shift that put a state into the middle of the panel, with room around it."""
    left, top, right, bottom = outline.box
    room = 70
    scale = min((wide - 2 * room) / (right - left), (high - 2 * room) / (bottom - top), 14.0)
    return scale, wide / 2 - (left + right) / 2 * scale, high / 2 - (top + bottom) / 2 * scale


def _draw_sign(panel: Image.Image) -> None:
    size = 330 * FINE
    sign = _logo(size)
    mask = sign.convert("L").point([255 if level < 235 else 0 for level in range(256)])
    spot = ((panel.width - size) // 2, (panel.height - size) // 2)
    panel.paste(Image.new("RGB", sign.size, SHADES[2]), spot, mask)


@cache
def _logo(size: int) -> Image.Image:
    with Image.open(LOGO) as file:
        return file.convert("RGB").resize((size, size), Image.Resampling.LANCZOS)


class _Column:
    """Where each text stands; measured once, for the words and for the shapes between them."""

    def __init__(self, picture: SharePicture):
        wide = PANEL - LEFT - 48 if picture.state else COUNTRY_COLUMN
        most = 1 if picture.state else 2
        self.eyebrow, self.eyebrow_face = fitted(picture.eyebrow, SANS, range(26, 25, -1), wide, 1)
        self.lines = [fitted(line, SANS, range(26, 25, -1), wide, most) for line in picture.lines]
        self.legend_wide = 250 if picture.state else 202
        words = max((text for _, text in picture.legend), key=len, default="")
        _, self.legend_face = fitted(words, SANS, range(24, 15, -1), self.legend_wide - 46, 1)
        self.pill_wide = 66 + font(STRONG, 27).getlength(picture.stage_name)
        below = (74 if picture.stage else 0) + sum(len(lines) * ROW for lines, _ in self.lines)
        below += 22 + 12 + (len(picture.legend) + 1) // 2 * LEGEND_ROW
        for size in range(LARGEST, SMALLEST - 1, -4):  # the last one has room whatever the words are
            sizes = range(size, SMALLEST - 1, -4)
            self.headline, self.face = fitted(picture.headline, SERIF, sizes, wide, 3)
            self.leading = round(self.face.size * 1.1)
            high = len(self.eyebrow) * ROW + len(self.headline) * self.leading + below
            if high <= ROOM:
                break
        self.top = TOP + max(0, ROOM - high) // 2
        self.after_headline = self.top + len(self.eyebrow) * ROW + len(self.headline) * self.leading + 22
        self.after_pill = self.after_headline + (74 if picture.stage else 0)
        self.after_lines = self.after_pill + sum(len(lines) * ROW for lines, _ in self.lines) + 12

    def legend_place(self, number: int) -> tuple[float, float]:
        """Left edge and middle of an entry of the legend, in two columns."""
        return LEFT + number % 2 * self.legend_wide, self.after_lines + number // 2 * LEGEND_ROW + 17


def _draw_shapes_of_words(pen: ImageDraw.ImageDraw, picture: SharePicture) -> None:
    column = _Column(picture)
    if picture.stage:
        top = column.after_headline
        box = [side * FINE for side in (LEFT, top, LEFT + column.pill_wide, top + 52)]
        pen.rounded_rectangle(box, 26 * FINE, fill=WHITE, outline=QUIET, width=2 * FINE)
        draw_shape(pen, picture.stage, (LEFT + 28) * FINE, (top + 26) * FINE, 1.6 * FINE, WHITE)
    for number, (stage, _) in enumerate(picture.legend):
        left, middle = column.legend_place(number)
        draw_shape(pen, stage, (left + 12) * FINE, middle * FINE, 1.5 * FINE)


def _draw_words(image: Image.Image, picture: SharePicture) -> None:
    pen, column = ImageDraw.Draw(image), _Column(picture)
    image.paste(_logo(64), (LEFT - 10, 46))
    pen.text((LEFT + 62, 78), picture.owner, fill=INK, font=font(STRONG, 26), anchor="lm")
    top = column.top
    for line in column.eyebrow:
        pen.text((LEFT, top), line, fill=QUIET, font=column.eyebrow_face)
        top += ROW
    for line in column.headline:
        pen.text((LEFT - 2, top + column.leading / 2 + 4), line, fill=INK, font=column.face, anchor="lm")
        top += column.leading
    if picture.stage:
        place = (LEFT + 48, column.after_headline + 26)
        pen.text(place, picture.stage_name, fill=INK, font=font(STRONG, 27), anchor="lm")
    top = column.after_pill
    for lines, face in column.lines:
        for line in lines:
            pen.text((LEFT, top), line, fill=QUIET, font=face)
            top += ROW
    for number, (_, text) in enumerate(picture.legend):
        left, middle = column.legend_place(number)
        pen.text((left + 34, middle), text, fill=INK, font=column.legend_face, anchor="lm")
    address, face = fitted(picture.address, STRONG, range(22, 15, -2), PANEL - LEFT - 48, 1)
    pen.text((LEFT, HEIGHT - 52), "".join(address), fill=PINE, font=face, anchor="lm")
