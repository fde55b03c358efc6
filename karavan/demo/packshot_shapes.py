"""How things look, in few strokes. Coordinates are of a square of 1600; things stand on a ground at 1340."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from PIL import ImageDraw, ImageFont

Box = tuple[float, float, float, float]
Points = Sequence[tuple[float, float]]

_PAPER = "#fffdf7"
_INK = "#1f2933"
_STEEL = "#aab4be"
_WOOD = "#c69c6d"


class Brush(Struct, frozen=True):
    """A drawing, the colour of the thing, and a font by its size in pixels."""

    draw: ImageDraw.ImageDraw
    colour: str
    font: Callable[[int], ImageFont.FreeTypeFont]

    def tone(self, share: float) -> str:
        """The colour, lighter above one and darker below it."""
        parts = [int(self.colour[at : at + 2], 16) for at in (1, 3, 5)]
        if share > 1:
            mixed = [round(part + (255 - part) * (share - 1)) for part in parts]
        else:
            mixed = [round(part * share) for part in parts]
        return "#" + "".join(f"{min(255, part):02x}" for part in mixed)

    def box(self, box: Box, fill: str, radius: int = 0) -> None:
        """A rectangle, with round corners where a radius is given."""
        if radius:
            self.draw.rounded_rectangle(box, radius, fill=fill)
        else:
            self.draw.rectangle(box, fill=fill)

    def form(self, points: Points, fill: str) -> None:
        """A polygon."""
        self.draw.polygon([*points], fill=fill)

    def round(self, box: Box, fill: str) -> None:
        """An ellipse."""
        self.draw.ellipse(box, fill=fill)

    def shadow(self, left: float, right: float) -> None:
        """What the thing throws on the ground."""
        self.draw.ellipse((left - 40, 1305, right + 40, 1375), fill="#8c8674")

    def word(self, text: str, box: Box, fill: str = _INK, ground: str | None = _PAPER) -> None:
        """A word in the middle of a field, as large as fits."""
        if not text:
            return
        left, top, right, bottom = box
        if ground is not None:
            self.box(box, ground, 18)
        size = int(min((bottom - top) * 0.62, (right - left) * 1.45 / max(3, len(text))))
        middle = ((left + right) / 2, (top + bottom) / 2)
        self.draw.text(middle, text, font=self.font(size), fill=fill, anchor="mm")


def _pouch(b: Brush, label: str) -> None:
    b.shadow(470, 1130)
    b.form(((500, 330), (1100, 330), (1140, 1340), (460, 1340)), b.colour)
    b.form(((940, 330), (1100, 330), (1140, 1340), (980, 1340)), b.tone(0.82))
    b.box((490, 250, 1110, 350), b.tone(0.7), 14)
    b.round((770, 400, 830, 460), b.tone(1.45))
    b.word(label, (540, 640, 1060, 830))
    b.box((540, 870, 1060, 890), b.tone(1.4))
    b.round((700, 950, 900, 1150), b.tone(1.35))


def _jar(b: Brush, label: str) -> None:
    b.shadow(520, 1080)
    b.box((520, 420, 1080, 1340), b.tone(1.15), 90)
    b.box((540, 620, 1060, 1320), b.colour, 80)
    b.box((560, 280, 1040, 440), b.tone(0.6), 30)
    b.box((560, 640, 600, 1220), b.tone(1.5), 20)
    b.word(label, (620, 780, 1060, 1060))


def _box(b: Brush, label: str) -> None:
    b.shadow(440, 1200)
    b.form(((450, 420), (1010, 420), (1010, 1340), (450, 1340)), b.colour)
    b.form(((1010, 420), (1180, 340), (1180, 1260), (1010, 1340)), b.tone(0.72))
    b.form(((450, 420), (620, 340), (1180, 340), (1010, 420)), b.tone(1.3))
    b.box((450, 500, 1010, 540), b.tone(1.5))
    b.word(label, (500, 640, 960, 830))
    b.form(((730, 910), (860, 1080), (730, 1250), (600, 1080)), b.tone(1.4))


def _sack(b: Brush, label: str) -> None:
    b.shadow(380, 1220)
    b.form(
        ((430, 330), (1170, 330), (1240, 1250), (1180, 1340), (420, 1340), (360, 1250)), "#efe6d2"
    )
    b.form(((1010, 330), (1170, 330), (1240, 1250), (1180, 1340), (1060, 1340)), "#ddd0b3")
    b.box((420, 270, 1180, 350), "#cbb98f", 20)
    b.form(((392, 690), (1208, 690), (1226, 1010), (374, 1010)), b.colour)
    b.word(label, (480, 760, 1120, 940), _PAPER, None)
    b.box((560, 480, 1040, 520), b.tone(1.2), 20)
    b.box((560, 1110, 1040, 1140), b.tone(1.2), 15)


def _bottle(b: Brush, label: str) -> None:
    b.shadow(590, 1010)
    b.box((730, 230, 870, 330), b.tone(0.6), 20)
    b.form(
        (
            (745, 330),
            (855, 330),
            (870, 520),
            (1010, 680),
            (1010, 1340),
            (590, 1340),
            (590, 680),
            (730, 520),
        ),
        b.colour,
    )
    b.box((620, 720, 670, 1280), b.tone(1.5), 24)
    b.word(label, (590, 860, 1010, 1120))


def _can(b: Brush, label: str) -> None:
    b.shadow(400, 1200)
    b.draw.arc((380, 180, 1220, 1000), 190, 350, fill="#7b8794", width=22)
    b.box((400, 500, 1200, 1270), "#eef2f5")
    b.round((400, 1190, 1200, 1350), "#eef2f5")
    b.box((400, 620, 1200, 1140), b.colour)
    b.round((400, 410, 1200, 590), "#c3ccd5")
    b.round((440, 430, 1160, 570), b.colour)
    b.box((1040, 620, 1200, 1140), b.tone(0.82))
    b.word(label, (500, 760, 980, 980))


def _brick(b: Brush, label: str) -> None:
    b.shadow(300, 1300)
    for row in range(4):
        top = 1340 - (row + 1) * 210
        shift = 0 if row % 2 else 130
        for column in range(3):
            left = 280 + column * 330 + shift
            b.box((left, top, left + 310, top + 190), b.tone(1 + 0.08 * ((row + column) % 3)), 12)
            b.box((left, top + 150, left + 310, top + 190), b.tone(0.82), 12)
    b.word(label, (600, 400, 1000, 480))


def _roll(b: Brush, label: str) -> None:
    b.shadow(360, 1240)
    b.box((500, 640, 1200, 1340), b.colour, 60)
    b.round((1010, 640, 1310, 1340), b.tone(1.35))
    b.round((1090, 860, 1230, 1120), b.tone(0.6))
    b.round((350, 640, 650, 1340), b.colour)
    b.box((500, 700, 1130, 730), b.tone(1.4))
    b.word(label, (560, 860, 980, 1080))


def _board(b: Brush, label: str) -> None:
    b.shadow(300, 1300)
    for sheet in range(5):
        top = 1340 - (sheet + 1) * 90
        b.form(
            ((300, top + 10), (1200, top + 10), (1320, top - 130), (420, top - 130)),
            b.tone(1 + 0.06 * (sheet % 2)),
        )
        b.box((300, top + 10, 1200, top + 78), _PAPER)
        b.form(
            ((1200, top + 10), (1320, top - 130), (1320, top - 66), (1200, top + 78)), b.tone(0.78)
        )
    b.word(label, (560, 560, 1040, 680))


def _screws(b: Brush, label: str) -> None:
    b.shadow(330, 1270)
    for at in range(5):
        left = 360 + at * 190
        b.form(
            (
                (left + 40, 560),
                (left + 100, 560),
                (left + 84, 1250),
                (left + 70, 1330),
                (left + 56, 1250),
            ),
            b.colour,
        )
        for turn in range(9):
            top = 640 + turn * 68
            b.form(
                (
                    (left + 28, top + 26),
                    (left + 112, top),
                    (left + 112, top + 18),
                    (left + 28, top + 44),
                ),
                b.tone(0.72),
            )
        b.form(((left, 480), (left + 140, 480), (left + 100, 570), (left + 40, 570)), b.tone(1.3))
    b.word(label, (560, 260, 1040, 360))


def _hammer(b: Brush, label: str) -> None:
    b.shadow(560, 1040)
    b.box((750, 520, 860, 1340), _WOOD, 40)
    b.box((742, 960, 868, 1340), b.colour, 40)
    b.box((440, 330, 1020, 540), _STEEL, 30)
    b.form(((1020, 350), (1240, 430), (1240, 480), (1020, 520)), "#8d99a5")
    b.box((380, 300, 480, 570), "#8d99a5", 20)
    b.word(label, (560, 640, 700, 700))


def _screwdriver(b: Brush, label: str) -> None:
    b.shadow(680, 920)
    b.box((690, 780, 910, 1340), b.colour, 90)
    for left in (740, 800, 860):
        b.box((left - 10, 860, left + 10, 1250), b.tone(0.7), 10)
    b.box((775, 330, 825, 800), _STEEL)
    b.form(((775, 330), (825, 330), (812, 220), (788, 220)), "#6b7782")
    b.word(label, (560, 640, 700, 700))


def _tape(b: Brush, label: str) -> None:
    b.shadow(400, 1240)
    b.box((430, 560, 1130, 1340), b.colour, 160)
    b.round((560, 690, 1000, 1130), b.tone(0.7))
    b.round((640, 770, 920, 1050), "#2b2f33")
    b.box((1000, 1250, 1420, 1330), "#ffd84d")
    for at in range(8):
        b.box((1050 + at * 46, 1250, 1056 + at * 46, 1290), _INK)
    b.box((1400, 1230, 1430, 1370), _STEEL)
    b.word(label, (660, 860, 900, 960), _PAPER, None)


def _drill(b: Brush, label: str) -> None:
    b.shadow(470, 1010)
    b.form(((560, 760), (800, 760), (860, 1340), (560, 1340)), b.tone(0.8))
    b.box((400, 480, 1020, 790), b.colour, 80)
    b.box((1010, 540, 1150, 730), "#2b2f33", 20)
    b.form(((1150, 590), (1230, 610), (1230, 660), (1150, 680)), "#4b545c")
    b.box((1230, 622, 1430, 648), _STEEL)
    b.box((500, 1230, 920, 1340), "#2b2f33", 30)
    b.form(((800, 800), (870, 800), (850, 900), (806, 900)), "#d64545")
    for at in range(4):
        b.box((450 + at * 44, 560, 470 + at * 44, 700), b.tone(0.6), 8)
    b.word(label, (640, 580, 960, 690))


SHAPES: dict[str, Callable[[Brush, str], None]] = {
    "pouch": _pouch, "jar": _jar, "box": _box, "sack": _sack, "bottle": _bottle, "can": _can, "brick": _brick,
    "roll": _roll, "board": _board, "screws": _screws, "hammer": _hammer, "screwdriver": _screwdriver,
    "tape": _tape, "drill": _drill,
}  # fmt: skip
"""Things that can be drawn, by name; `packshot_wares` has more."""
