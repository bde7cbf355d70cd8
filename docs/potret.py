"""The pictures of the guide, taken of the real page and the real sheets: ``python -m docs.potret``.

They are made of the sample offices, and ``gambar/isi.json`` keeps what each of them shows. A test (tests/test_buku.py) asks for
the same without a browser: whoever changes what a picture shows takes the pictures again. Needs Chromium, LibreOffice, poppler.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl

from kinerja_xl.face import page
from kinerja_xl.uses.capaian import measured, write_year
from kinerja_xl.uses.periksa import periksa, return_corrections
from kinerja_xl.uses.realisasi import write_measuring
from kinerja_xl.uses.rekap import write_rekap, write_review_book
from kinerja_xl.uses.year import Year
from tests.asing_uji import xlsx
from tests.halaman_uji import FAULTY, SAMPLE, Window, copied, said

FOLDER = Path(__file__).parent / "gambar"
SHOWN = FOLDER / "isi.json"
TEMPLATES = Path(page.__file__).parent / "templates"
WIDTH, HEIGHT = 1000, 720
"""Of the browser window: narrow, so that its letters can be read on paper."""
LOOKS_LIKE = "C:\\Users\\sari\\Documents"
"""What stands in the pictures for the place where they were taken."""


class Studio:
    """The sample offices in a place of their own, and the page that shows them."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.clean = copied(place / "Contoh", SAMPLE)
        self.faulty = copied(place / "Contoh bermasalah", FAULTY)
        self.open = copied(place.parent / "kerja" / "tahun" / "Rencana-2025", SAMPLE)  # on no picture of Beranda
        for locked in self.open.glob("arsip/Penetapan-*"):
            locked.unlink()

    @cached_property
    def window(self) -> Window:
        """The pages without a browser."""
        return Window(self.clean, self.faulty, self.open)

    def year(self, folder: Path) -> str:
        return f"/tahun/{self.window.room.known.add(folder)}"


@dataclass(frozen=True, kw_only=True)
class Shot:
    """A picture of the page. ``asks``: the pages or templates whose words it shows; ``fill``: fields, then ``press``: a button
    that leads to what is shown; ``marks``: buttons or selectors, numbered as they come; ``ready``: what is waited for; ``top``:
    where the picture begins."""

    folder: str
    page: str
    asks: tuple[str, ...]
    marks: tuple[str, ...] = ()
    press: str = ""
    fill: Mapping[str, str] = field(default_factory=dict)
    height: int = HEIGHT
    ready: str = "h1"
    top: str = "body"


SHOTS: Mapping[str, Shot] = {
    "beranda": Shot(
        folder="", page="/", asks=("beranda.html", "kartu.html"), height=660, ready=".kartu .berikut >> nth=1",
        marks=(".kartu .besar", "text=Mulai tahun baru", "text=Coba dengan kantor contoh", "text=Selesai"),
    ),
    "mulai": Shot(folder="", page="/mulai", asks=("mulai.html",), height=640),
    "usulan": Shot(
        folder="faulty", page="/usulan", asks=("/usulan",), height=760,
        marks=(".berikut .besar", ".musim a", ".jatuh", "text=Periksa", "td .status"),
    ),
    "hasil": Shot(
        folder="faulty", page="/hasil?tingkat=wajib&unit=umum", asks=("/hasil?tingkat=wajib&unit=umum",),
        height=620, top="#judul-catatan",
        marks=(".saring", ".berkas h3 button", ".kelompok .di", "summary"),
    ),
    "kunci": Shot(
        folder="open", page="/penetapan", asks=("/penetapan",), height=760, press="Lihat yang akan dikunci",
        fill={"Dari": "arsip/Lembar-Penelaahan-2025.xlsx", "Tanggal ditetapkan": "18 Desember 2024"}, ready="text=Belum dikunci",
    ),
    "triwulan": Shot(
        folder="clean", page="/tw4", asks=("/tw4",), height=700,
        marks=("text=Tulis formulir realisasi", ".jatuh", "text=Hitung capaian"),
    ),
    "berkas-lain": Shot(folder="", page="/berkas-lain", asks=("dibaca.html", "gambar.html"), height=760, ready=".lembar"),
}  # fmt: skip
"""Pictures of the page by name."""


def _returned(studio: Studio) -> Path:
    written = return_corrections(Year(studio.faulty), periksa([studio.faulty]))
    return next(one.path for one in written if "umum" in one.path.name)


def _measuring(studio: Studio) -> Path:
    list(write_measuring(studio.clean, 2))
    return next(path for path in sorted((studio.clean / "formulir/TW2").iterdir()) if "pmd" in path.name)


def _review(studio: Studio) -> Path:
    write_review_book(Year(studio.open))
    return studio.open / "hasil/Lembar-Penelaahan.xlsx"


Part = tuple[float, float, float, float]
"""Left, top, right and bottom of what is shown of a printed page, as shares of it."""
WHOLE, LEFT, RIGHT = (0.0, 0.0, 1.0, 1.0), (0.0, 0.0, 0.53, 0.42), (0.47, 0.0, 1.0, 0.42)
"""Wide tables are shown in two halves: their letters would be too small for paper."""


def _pmd(studio: Studio) -> Path:
    return studio.clean / "masuk/Usulan-pmd-2025.xlsx"


SHEETS: Mapping[str, tuple[Callable[[Studio], Path], str, Part]] = {
    "kantor": (lambda s: s.clean / "Kantor.xlsx", "Kantor", WHOLE),
    "identitas": (_pmd, "Identitas", WHOLE),
    "tor": (_pmd, "TOR", (0.0, 0.0, 1.0, 0.42)),
    "rab-kiri": (_pmd, "RAB", LEFT),
    "rab-kanan": (_pmd, "RAB", RIGHT),
    "indikator-kiri": (_pmd, "Indikator", LEFT),
    "indikator-kanan": (_pmd, "Indikator", RIGHT),
    "cek-mandiri": (_pmd, "Cek Mandiri", (0.0, 0.0, 0.68, 0.6)),
    "perbaikan": (_returned, "Daftar Perbaikan", (0.0, 0.0, 1.0, 0.56)),
    "ringkasan": (lambda s: write_rekap(Year(s.faulty)).path, "Ringkasan", (0.06, 0.02, 0.94, 0.66)),
    "penelaahan": (_review, "Sub Kegiatan", (0.0, 0.0, 0.74, 0.4)),
    "realisasi": (_measuring, "Realisasi", (0.0, 0.0, 0.7, 0.4)),
    "capaian": (lambda s: write_year(measured(Year(s.clean), 4), Year(s.clean)).path, "Ringkasan", (0.06, 0.02, 0.94, 0.66)),
}  # fmt: skip
"""Pictures of sheets by name: the workbook, and how the sheet's name begins."""


_GOODS = (
    ("Kertas HVS F4 70 gram", 25, "Rim", 60000), ("Map snelhecter", 40, "Buah", 6500),
    ("Spanduk 5 x 1 meter", 4, "Lembar", 125000),
    ("Makan rapat koordinasi", 80, "Orang/Kali", 35000), ("Honorarium narasumber", 4, "Orang/Jam", 900000),
)  # fmt: skip
_LINES = [
    [str(n), name, many, unit, price, (f"=C{n + 4}*E{n + 4}", many * price)]
    for n, (name, many, unit, price) in enumerate(_GOODS, 1)
]
FOREIGN = xlsx(
    {
        "Rencana Belanja": [
            ["RENCANA BELANJA SEKSI KESEJAHTERAAN RAKYAT"], ["Tahun Anggaran 2025"], [],
            ["No", "Uraian Barang", "Banyaknya", "Satuan", "Harga", "Jumlah Harga"], *_LINES,
            ["", "JUMLAH", "", "", "", ("=SUM(F5:F9)", sum(many * price for _, many, _, price in _GOODS))],
        ]
    }
)  # fmt: skip
"""A workbook that nobody here laid out."""


@contextmanager
def studio() -> Iterator[Studio]:
    """Nothing of whoever takes the pictures is on them: the place is home and working folder."""
    with TemporaryDirectory(prefix="kinerja-xl-potret-") as place, chdir(place):
        (Path(place) / "Documents").mkdir()
        before = {key: os.environ.get(key) for key in ("HOME", "XDG_STATE_HOME")}
        os.environ.update(dict.fromkeys(before, place))
        try:
            yield Studio(Path(place) / "Documents")
        finally:
            os.environ.update({key: value for key, value in before.items() if value is not None})
            for key in [key for key, value in before.items() if value is None]:
                del os.environ[key]


# ---- what a picture shows, without a browser ----


def words_of(studio: Studio, name: str) -> str:
    """The words of the page or the cells of the sheet that a picture shows."""
    if name in SHOTS:
        shot = SHOTS[name]
        base = studio.year(getattr(studio, shot.folder)) if shot.folder else ""
        return " ".join(
            (TEMPLATES / ask).read_text(encoding="utf-8") if ask.endswith(".html") else said(studio.window.get(base + ask))
            for ask in shot.asks
        ).replace(str(studio.place), LOOKS_LIKE)
    make, start, _ = SHEETS[name]
    return sheet_words(make(studio), start)


def sheet_words(path: Path, start: str) -> str:
    book = openpyxl.load_workbook(path, read_only=True)
    sheet = book[next(one for one in book.sheetnames if one.startswith(start))]
    rows = [" ".join(str(value) for value in row if value is not None) for row in sheet.iter_rows(max_row=60, values_only=True)]
    book.close()
    return "\n".join(row for row in rows if row)


def mark_of(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def shown(studio: Studio) -> dict[str, str]:
    return {name: mark_of(words_of(studio, name)) for name in (*SHOTS, *SHEETS)}


# ---- taking them ----

_NUMBERED = """([all, words]) => all.forEach(([box, number]) => {
  const mark = document.createElement('span'); mark.textContent = number;
  const [x, y] = [box.x + scrollX - 21, box.y + scrollY - 10].map((n) => `${Math.max(0, n)}px`);
  Object.assign(mark.style, { position: 'absolute', left: x, top: y,
    width: '24px', height: '24px', borderRadius: '50%', background: '#8E1B1B', color: '#FFF', font: 'bold 15px/24px sans-serif',
    textAlign: 'center', border: '1px solid #FFF', zIndex: 9, boxSizing: 'content-box' });
  document.body.append(mark); })"""
_PLACED = """([from, to]) => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) walk.currentNode.data =
    walk.currentNode.data.replaceAll(from, to).replaceAll(to + '/', to + '\\\\'); }"""


def photograph(studio: Studio, only: tuple[str, ...]) -> None:
    """The pictures of the page."""
    from tests.peramban import browser, served, settled

    with browser() as context, served(studio.clean, studio.faulty) as (room, address):
        window = context.new_page()
        window.goto(address)
        for name, shot in SHOTS.items():
            if only and name not in only:
                continue
            window.set_viewport_size({"width": WIDTH, "height": shot.height})
            base = f"/tahun/{room.known.add(getattr(studio, shot.folder))}" if shot.folder else ""
            window.goto(f"{room.guard.origin}{base}{shot.page}")
            settled(window)
            if name == "berkas-lain":
                window.set_input_files("input[type=file]", {"name": "RAB Seksi.xlsx", "mimeType": "", "buffer": FOREIGN})
                window.get_by_role("button", name="Baca", exact=True).click()
            if name == "mulai":
                window.get_by_label("Tahun anggaran").fill("2026")
                window.get_by_label("Nama kantor").fill("Kantor Kecamatan Lembah Seroja")
            for label, value in shot.fill.items():
                one = window.get_by_label(label, exact=True)
                one.select_option(value) if one.evaluate("node => node.tagName") == "SELECT" else one.fill(value)
            if shot.press:
                window.get_by_role("button", name=shot.press, exact=True).click()
                settled(window)
            window.wait_for_selector(shot.ready)
            window.evaluate(_PLACED, [str(studio.place), LOOKS_LIKE])
            boxes = [(window.locator(mark).first.bounding_box(), str(number)) for number, mark in enumerate(shot.marks, 1)]
            window.evaluate(_NUMBERED, [boxes, ""])
            begin = window.locator(shot.top).first.bounding_box() or {"y": 0}
            clip = {"x": 0, "y": max(0, begin["y"] - 12), "width": WIDTH, "height": shot.height}
            keep(window.screenshot(full_page=True, clip=clip), FOLDER / f"{name}.png")


def photograph_sheets(studio: Studio, only: tuple[str, ...]) -> None:
    """The pictures of sheets, as LibreOffice prints them."""
    from tests.libre import Office

    with Office(seconds_per_file=180) as office:
        made: dict[Path, tuple[Path, list[str]]] = {}
        for name, (make, start, part) in SHEETS.items():
            if only and name not in only:
                continue
            path = make(studio)
            if path not in made:
                pdf = office.pdf([path])[path]
                made[path] = pdf, office.text(pdf)
            pdf, texts = made[path]
            number = next(n for n, text in enumerate(texts) if any(one.startswith(start) for one in _names(text)))
            keep(_page(pdf, number + 1), FOLDER / f"{name}.png", part)


def _page(pdf: Path, number: int) -> bytes:
    """A page of a PDF as a picture."""
    command = ["pdftoppm", "-r", "180", "-png", "-f", str(number), "-l", str(number), str(pdf)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def _names(text: str) -> tuple[str, str]:
    """What a printed page says of its sheet: on the right of its header, or on the left of its footer."""
    lines = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    return re.split(r"\s{3,}", lines[0])[-1], re.split(r"\s{3,}", lines[-1])[0]


TALLEST = 0.8
"""Of its width: what a picture of a sheet shows of a page."""


COLOURS = 24
"""Enough for text and our fills; a test holds what the pictures weigh."""


def keep(data: bytes, path: Path, part: Part | None = None) -> None:
    """A small picture in few colours; ``part`` of a printed page: without the paper's white border."""
    from PIL import Image, ImageOps

    picture = Image.open(io.BytesIO(data)).convert("RGB")
    if part:
        picture = picture.crop(_inked(picture))
        picture = picture.crop(tuple(round(share * size) for share, size in zip(part, picture.size * 2, strict=True)))
        picture = picture.crop((0, 0, picture.width, min(picture.height, round(picture.width * TALLEST))))
        picture = ImageOps.expand(picture.crop(_inked(picture)), 8, "white")
        if picture.width > 1100:
            picture = picture.resize((1100, round(picture.height * 1100 / picture.width)), Image.Resampling.LANCZOS)
    else:
        picture = picture.crop((0, 0, picture.width, min(picture.height, _inked(picture)[3] + 14)))
    framed = ImageOps.expand(picture, 1, "#8A97A6").quantize(COLOURS, dither=Image.Dither.NONE)
    framed.save(path, optimize=True)


def _inked(picture: Any) -> tuple[int, int, int, int]:
    """The part of a picture that is not white."""
    from PIL import ImageChops, ImageOps

    return ImageChops.invert(ImageOps.grayscale(picture)).point(lambda value: 255 if value > 6 else 0).getbbox() or (0, 0, 1, 1)


def main(only: tuple[str, ...] = ()) -> None:
    with studio() as one:
        photograph(one, only)
        photograph_sheets(one, only)
    with studio() as one:  # as the test finds it
        SHOWN.write_text(json.dumps(shown(one), indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
