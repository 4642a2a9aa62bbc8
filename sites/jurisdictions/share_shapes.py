"""The shape of each stage on a picture: the same as templates/components/stage_shape.html draws on pages."""

from PIL import ImageDraw

from sites.jurisdictions.models import Stage
from sites.jurisdictions.models.changes import COMING, RUNNING

COLORS: dict[str, str] = {
    **{str(stage): "#8a5806" for stage in COMING},
    **{str(stage): "#0c5a54" for stage in RUNNING},
}
STOPPED = "#4d5a68"


def draw_shape(
    pen: ImageDraw.ImageDraw, stage: str, x: float, y: float, scale: float, ground: str = "#fbfaf6"
) -> None:
    """Around a point; at scale 1 in a field of 14 by 14 pixels."""
    color = COLORS.get(stage, STOPPED)

    def box(radius: float) -> tuple[float, float, float, float]:
        return x - radius * scale, y - radius * scale, x + radius * scale, y + radius * scale

    if stage == Stage.OPERATING:
        pen.ellipse(box(6), fill=color)
    elif stage == Stage.PAUSED:
        pen.rectangle(box(5), fill=color)
    elif stage == Stage.ENDED:
        wide = round(3 * scale)
        for down in (-4, 4):
            ends = [(x - 4 * scale, y - down * scale), (x + 4 * scale, y + down * scale)]
            pen.line(ends, fill=color, width=wide)
            for end in ends:
                pen.ellipse(
                    (end[0] - wide / 2, end[1] - wide / 2, end[0] + wide / 2, end[1] + wide / 2), fill=color
                )
    else:
        radius = {Stage.LAUNCHED: 6.2, Stage.EXPLORING: 6, Stage.DEVELOPING: 6}.get(stage, 3.5)  # type: ignore[call-overload]
        pen.ellipse(box(radius), fill=ground, outline=color, width=max(1, round(2 * scale)))
        if stage == Stage.DEVELOPING:
            pen.pieslice(box(5.6), 90, 270, fill=color)
        if stage == Stage.LAUNCHED:
            pen.ellipse(box(2.9), fill=color)
