"""Clothes, furniture and what lies on desks, in few strokes."""

from collections.abc import Callable

from karavan.demo.packshot_shapes import Brush

_PAPER = "#fffdf7"
_INK = "#1f2933"
_STEEL = "#aab4be"
_REFLECTING = "#e8edf0"


def _jacket(b: Brush, label: str) -> None:
    b.form(
        (
            (560, 360),
            (1040, 360),
            (1260, 520),
            (1420, 1080),
            (1250, 1130),
            (1120, 760),
            (1120, 1340),
            (480, 1340),
            (480, 760),
            (350, 1130),
            (180, 1080),
            (340, 520),
        ),
        b.colour,
    )
    b.form(((800, 360), (1040, 360), (1120, 760), (1120, 1340), (800, 1340)), b.tone(0.88))
    b.form(((640, 360), (960, 360), (800, 560)), b.tone(0.6))
    b.box((792, 540, 808, 1340), b.tone(0.55))
    b.box((480, 1010, 1120, 1070), _REFLECTING)
    b.box((560, 700, 740, 860), b.tone(0.75), 12)
    b.box((860, 700, 1040, 860), b.tone(0.7), 12)
    b.word(label, (560, 1120, 740, 1180))


def _vest(b: Brush, label: str) -> None:
    b.form(
        (
            (540, 300),
            (680, 300),
            (800, 560),
            (920, 300),
            (1060, 300),
            (1130, 600),
            (1160, 1340),
            (440, 1340),
            (470, 600),
        ),
        b.colour,
    )
    b.form(
        ((800, 560), (920, 300), (1060, 300), (1130, 600), (1160, 1340), (800, 1340)), b.tone(0.9)
    )
    b.box((792, 560, 808, 1340), b.tone(0.6))
    for top in (820, 1080):
        b.box((450, top, 1150, top + 110), _REFLECTING)
        b.box((450, top + 44, 1150, top + 66), b.tone(1.3))
    b.word(label, (560, 680, 740, 760))


def _gloves(b: Brush, label: str) -> None:
    for left, share in ((300, 1.0), (830, 0.86)):
        for finger, top in enumerate((480, 400, 390, 450)):
            b.box((left + finger * 108, top, left + finger * 108 + 92, 900), b.tone(share), 46)
        b.box((left, 720, left + 424, 1160), b.tone(share), 70)
        b.form(
            ((left + 380, 900), (left + 500, 700), (left + 560, 760), (left + 424, 1080)),
            b.tone(share),
        )
        b.box((left + 30, 1120, left + 394, 1330), b.tone(share * 0.7), 20)
        for row in range(3):
            b.round((left + 90 + row * 90, 860, left + 140 + row * 90, 910), b.tone(1.45))
    b.word(label, (660, 260, 940, 350))


def _ream(b: Brush, label: str) -> None:
    b.shadow(330, 1270)
    for pack in range(2):
        top = 960 - pack * 360
        b.form(
            ((330, top), (1130, top), (1270, top - 140), (470, top - 140)), b.tone(1.4 - pack * 0.1)
        )
        b.box((330, top, 1130, top + 360), b.colour if pack else b.tone(0.9))
        b.form(((1130, top), (1270, top - 140), (1270, top + 220), (1130, top + 360)), b.tone(0.68))
        b.word(label, (450, top + 100, 1010, top + 270))


def _notebook(b: Brush, label: str) -> None:
    b.shadow(450, 1150)
    b.box((470, 290, 1170, 1340), _PAPER, 24)
    b.box((440, 270, 1130, 1320), b.colour, 30)
    b.box((440, 270, 560, 1320), b.tone(0.7), 30)
    b.box((1000, 270, 1040, 1320), b.tone(0.55))
    b.box((640, 480, 940, 640), _PAPER, 14)
    for top in (520, 570):
        b.box((670, top, 910, top + 14), b.tone(1.2))
    for top in range(360, 1280, 110):
        b.round((470, top, 510, top + 40), _STEEL)
    b.word(label, (640, 480, 940, 640))


def _pen(b: Brush, label: str) -> None:
    for left, top in ((430, 260), (720, 330), (1010, 290)):
        b.box((left, top, left + 130, top + 760), b.colour, 40)
        b.box((left + 90, top + 20, left + 130, top + 740), b.tone(0.75), 20)
        b.box((left + 10, top + 560, left + 120, top + 740), _PAPER, 10)
        b.form(
            (
                (left + 10, top + 750),
                (left + 120, top + 750),
                (left + 78, top + 930),
                (left + 52, top + 930),
            ),
            _STEEL,
        )
        b.box((left + 120, top + 40, left + 150, top + 360), _STEEL, 10)
    b.word(label, (560, 1240, 1040, 1320))


def _marker(b: Brush, label: str) -> None:
    b.shadow(560, 1040)
    b.box((620, 560, 980, 1340), "#f3f4f6", 60)
    b.box((620, 760, 980, 1130), b.colour)
    b.box((640, 300, 960, 620), b.colour, 50)
    b.box((640, 300, 720, 620), b.tone(1.35), 40)
    b.box((930, 330, 990, 700), b.tone(0.7), 20)
    b.box((200, 1180, 560, 1260), b.tone(1.5), 30)
    b.word(label, (660, 860, 940, 1020))


def _folder(b: Brush, label: str) -> None:
    b.shadow(480, 1200)
    b.form(((760, 300), (1180, 380), (1180, 1280), (760, 1340)), b.tone(0.75))
    b.box((480, 300, 760, 1340), b.colour, 16)
    b.box((530, 430, 710, 820), _PAPER, 12)
    for top in (500, 570, 640):
        b.box((560, top, 680, top + 18), b.tone(0.9))
    b.round((560, 1080, 680, 1200), _STEEL)
    b.round((585, 1105, 655, 1175), _INK)
    b.word(label, (530, 430, 710, 820))


def _stapler(b: Brush, label: str) -> None:
    b.shadow(260, 1340)
    b.box((260, 1240, 1340, 1330), b.tone(1.2), 30)
    b.form(((300, 960), (1320, 1110), (1320, 1200), (300, 1180)), _STEEL)
    b.form(((280, 780), (380, 740), (1330, 960), (1350, 1100), (280, 980)), b.tone(1.1))
    b.round((260, 960, 440, 1260), b.tone(1.35))
    b.box((1180, 1225, 1300, 1245), _STEEL)
    b.word(label, (560, 560, 1040, 660))


def _envelope(b: Brush, label: str) -> None:
    for shift in (90, 0):
        left, top = 280 + shift, 560 - shift
        b.box((left, top, left + 960, top + 680), b.tone(1.25 if shift else 1.0), 20)
        b.form(
            ((left, top), (left + 960, top), (left + 480, top + 400)),
            b.tone(1.45 if shift else 1.25),
        )
    b.draw.line(((280, 1230), (640, 880)), fill=b.tone(0.8), width=10)
    b.draw.line(((1240, 1230), (880, 880)), fill=b.tone(0.8), width=10)
    b.word(label, (560, 1320, 1040, 1400))


def _towels(b: Brush, label: str) -> None:
    b.shadow(360, 1240)
    for at, share in enumerate((0.86, 1.0, 1.18, 1.0)):
        top = 1340 - (at + 1) * 210
        b.box((360, top, 1240, top + 200), b.tone(share), 90)
        b.box((360, top + 92, 1180, top + 108), b.tone(share * 0.8), 8)
        b.box((1080, top + 10, 1120, top + 190), b.tone(1.5))
    b.word(label, (560, 740, 1000, 880))


def _spray(b: Brush, label: str) -> None:
    b.shadow(560, 1040)
    b.form(((620, 640), (980, 640), (1040, 780), (1040, 1340), (560, 1340), (560, 780)), b.colour)
    b.box((720, 520, 880, 660), "#f3f4f6", 20)
    b.form(((560, 330), (920, 330), (980, 540), (700, 540), (690, 440), (560, 420)), "#374151")
    b.box((510, 340, 570, 410), b.tone(0.7), 10)
    b.form(((680, 540), (740, 540), (700, 690), (650, 690)), "#4b5563")
    b.box((600, 800, 640, 1270), b.tone(1.5), 20)
    b.word(label, (660, 880, 1040, 1110))


def _cup(b: Brush, label: str) -> None:
    for left, top, share in ((820, 520, 0.85), (420, 420, 1.0)):
        b.form(
            ((left, top), (left + 420, top), (left + 360, 1340), (left + 60, 1340)), b.tone(share)
        )
        b.form(
            (
                (left + 22, top + 330),
                (left + 398, top + 330),
                (left + 372, top + 640),
                (left + 48, top + 640),
            ),
            _PAPER,
        )
        b.box((left - 20, top - 60, left + 440, top + 10), "#f3f4f6", 24)
    b.word(label, (480, 790, 780, 1000))


def _chair(b: Brush, label: str) -> None:
    b.shadow(480, 1120)
    b.box((560, 260, 1040, 820), b.colour, 90)
    b.box((610, 320, 990, 740), b.tone(1.25), 60)
    b.box((500, 850, 1100, 980), b.tone(1.15), 60)
    b.box((440, 700, 500, 940), b.tone(0.8), 20)
    b.box((1100, 700, 1160, 940), b.tone(0.8), 20)
    b.box((775, 980, 825, 1230), _STEEL)
    b.form(((800, 1190), (1120, 1290), (1120, 1320), (800, 1250), (480, 1320), (480, 1290)), _STEEL)
    for left in (460, 770, 1080):
        b.round((left, 1280, left + 60, 1340), _INK)
    b.word(label, (640, 470, 960, 590))


def _desk(b: Brush, label: str) -> None:
    b.shadow(240, 1360)
    b.form(((220, 640), (1380, 640), (1480, 760), (120, 760)), b.tone(1.2))
    b.box((120, 760, 1480, 830), b.colour)
    b.box((200, 830, 280, 1340), _STEEL)
    b.box((1320, 830, 1400, 1340), _STEEL)
    b.box((960, 830, 1300, 1180), b.tone(0.85))
    for top in (880, 1000, 1110):
        b.box((1080, top, 1180, top + 16), _STEEL)
    b.box((420, 440, 820, 680), _INK, 16)
    b.box((440, 460, 800, 660), "#93c5fd")
    b.box((590, 680, 650, 720), _INK)
    b.word(label, (560, 200, 1040, 300))


WARES: dict[str, Callable[[Brush, str], None]] = {
    "jacket": _jacket, "vest": _vest, "gloves": _gloves, "ream": _ream, "notebook": _notebook, "pen": _pen,
    "marker": _marker, "folder": _folder, "stapler": _stapler, "envelope": _envelope, "towels": _towels,
    "spray": _spray, "cup": _cup, "chair": _chair, "desk": _desk,
}  # fmt: skip
"""More things that can be drawn, by name."""
