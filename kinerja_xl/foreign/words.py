"""What the words of a heading say: role of the column, period, unit of money. One heading cell at a time.

Habits served: long and short names ("JUMLAH / TOTAL PAGU", "hargasat"), names of database exports ("kdakun",
"nmitem", "volkeg"), letter-spaced and misspelt headings ("U r a i a n", "Relisasi"), remarks in brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kinerja_xl.foreign.model import clean
from kinerja_xl.sheets.values import fold

MAX_HEADING = 90
"""Longer texts are sentences, not headings."""
_LONG = re.compile(
    r"(?:target|realisasi|tingkat|indikator|rencana|prakiraan|perkiraan|urusan)\b(?!.*\b(?:diisi|adalah|yaitu|agar)\b)",
    re.IGNORECASE,
)
"""How the long headings of the planning forms begin ("Target Kinerja dan Anggaran Renja Perangkat Daerah … yang Dievaluasi")."""

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_RP = re.compile(r"\(\s*(?:dalam\s+)?(?:ribuan\s+|jutaan\s+)?(?:rp|rupiah|idr)\b|\brp\b|\brupiah\b", re.IGNORECASE)

_MONTHS = (
    "januari|january|jan", "februari|pebruari|february|feb|peb", "maret|march|mar", "april|apr", "mei|may", "juni|june|jun",
    "juli|july|jul", "agustus|august|agt|ags|agu|aug", "september|sept|sep", "oktober|october|okt|oct",
    "november|nopember|nov|nop", "desember|december|des|dec",
)  # fmt: skip
_MONTH = re.compile("|".join(f"(?P<m{i}>{names})" for i, names in enumerate(_MONTHS, 1)))
_TW = re.compile(r"(?:tw|triwulan|trw|tri|kuartal|quarter|q)(?:ke)?(iv|iii|ii|i|[1-4])(?![0-9a-z])")
_TW_INSIDE = re.compile(r"(?:(?<![^\W_])tw|triwulan|(?<![^\W_])trw)\s*(?:ke\s*-?\s*)?(iv|iii|ii|i|[1-4])\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_AMOUNT = re.compile(r"\(?-?\s*(?:rp\.?|idr)?\s*-?\d(?:[\d.,\s]*\d)?\s*%?(?:[.,]\s*-+)?\)?", re.IGNORECASE)
"""An amount typed as text is never a heading (a year may be)."""
_PERCENT = re.compile(r"%|\bpersen|\bprosen", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

# The first pattern that fits decides; each is searched in the folded heading (lower case, letters and digits only).
_ROLES: tuple[tuple[str, str], ...] = (
    ("nomor", r"^(?:no|nomor|nomer|nourut|nomorurut|noitem|nr|urut)$"),
    ("kode", r"^(?:kode|kd)(?:standar|barang|kelompok)"),
    ("uraian", r"^(?:nama|uraian)standar"),
    ("pajak", r"^(?:ppn|pajak|pph)"),
    ("persen", r"^(?:persen|persentase|prosentase|prosen|presentase)|^capaian|persen$|^tingkatcapaian|^(?:percent|pct)"),
    ("persen", r"^(?:bobot|rasio)"),
    ("versi", r"^(?:sebelum|semula|sesudah|setelah|menjadi|murni)(?:perubahan|pergeseran|revisi|rasionalisasi|anggaran|rp)*$"),
    (
        "sisa",
        r"^(?:tambah$|sisa|selisih|saldo|prognos[ai]s?|bertambah|berkurang|lebih|kurang|deviasi|perubahan|naik|turun)"
        r"|bertambahberkurang",
    ),
    ("maju", r"^(?:prakiraanmaju|perkiraanmaju|kpjm)"),
    # The identifiers of a list ("Kode Standar Harga", "ID SSH") hold the words of what they identify.
    ("kode", r"^(?:kode|kd|id)(?:kelompok|barang|komponen|standar|harga|ssh|sbu|hspk|asb|item|analis|usulan|rekening|akun)"),
    (
        "satuan",
        r"^satuan(?:pengendali|beban)|^(?:satuan|sat|satkeg|stn|unitsatuan|uom"
        r"|satuan(?:ukur|ukuran|barang|unit|target|output|hitung|volume|indikator|kinerja))$",
    ),
    ("harga", r"(?:harga|hrg)(?:per)?sat|satuanharga|biayasatuan|tarif|hargaper|unitprice|standarharga|standarbiaya"),
    ("harga", r"^satuanbiaya|^(?:belanja|biaya)(?:tetap|variabel|variable)|^(?:fixed|variable)cost"),
    ("harga", r"besaransatuan|^(?:nilai|hps|honor\w{0,6}|upah|uang\w{0,6}|sewa|ongkos|dana|biaya|besar\w{0,3})(?:per)?"
     r"(?:satuan|bulan|hari|orang|jam|kali|org|bln|ok|oj)$"
     r"|^unitcost|^costperunit|^(?:satuan|indeks|index)biaya|^hargaunit|^rate(?:per|$)"),
    ("jumlah", r"^(?:total|jumlah|jml|sub)(?:harga|biaya|hrg|nilai|dana|uang)|^hargatotal|^(?:grand|sub)total|^totalpagu"
     r"|^(?:total|jumlah|jml|nilai)(?:hps|penawaran|honor\w{0,6}|upah|kotor|bruto|pengadaan|kebutuhan(?:dana|biaya))"),
    ("jumlah", r"^(?:total|jumlah|jml|harga|nilai|biaya)\w{0,8}(?:ppn|pajak)$"),
    ("sisa", r"^(?:jumlah|total|jml|uang|honor|yang)?(?:yang)?(?:diterima|dibayar|dibayarkan|bersih|netto|neto)"),
    ("harga", r"^(?:harga|hrg)|^(?:upah|tarip)$|^satuan?upah|^sat(?:uan)?mat|hspk$|^price$|^besaran$"),
    (
        "volume",
        r"^(?:vol|volume|volkeg|kuantitas|kwantitas|kuantum|qty|quantity|banyak|banyaknya|koef|koefisien|frek|frekuensi)$",
    ),
    ("volume", r"^(?:org|orang|hari|kali|kl|hr|malam|jam|jp|oj|ok|jumlah(?:hari|bulan|bln|kali)|lama(?:hari|nya)?)$"),
    ("volume", r"^(?:volume|jumlahbarang|jumlahunit|jumlahvolume|jumlahvol|jumlahkebutuhan|jumlahorang|kebutuhan$)"),
    ("rencana", r"^(?:rak|totalrak|rencana(?!aksi|kegiatan|tindak)|anggarankas)"),
    ("realisasi", r"realisasi|^serapan|^penyerapan|^pencairan|^terserap|^realisai$|^(?:jumlah|total)?spj(?!no)"),
    ("target", r"^target(?!anggaran|rp|keuangan|pagu|dana)|^rencanatarget|^sasarantarget"),
    ("anggaran", r"(?<!peng)anggaran|pagu|^apbd|^dpa|alokasi|plafon|^targetrp|^targetkeuangan"),
    (
        "jumlah",
        r"^(?:jumlah|jml|total|nilai|besarnya|besar|nominal|rupiah|rp|dana|uang)(?:jumlah|total|biaya|nilai|rupiah|rp|dana"
        r"|uang|keseluruhan|seluruhnya|seluruh|semua|harga|hrg|kegiatan|belanja|pengeluaran|usulan|rab|rka|dpa|kontrak|pekerjaan"
        r"|akhir|sementara|tahun|idr|x|[a-e])*$",
    ),
    ("jumlah", r"^(?:biaya|nilaikontrak|nilaipekerjaan|sumofjumlah|sumofpagu|perkiraanbiaya|estimasibiaya|kebutuhandana)"),
    ("kode", r"kode|^kd|^rekening(?:belanja)?\d*$|^norek|^nomorrekening|^mak$|^akun$|^norekening|^koderek|^idrek"),
    ("indikator", r"indikator|^(?:iku|ikk|ikp|iks)(?:$|outcome|output|kunci|program|kegiatan|hasil|makro)|^tolokukur"),
    ("sasaran", r"^sasaran|^tujuan"),
    ("spesifikasi", r"^spesifikasi|^spek|^merk|^merek|^tipe$|^deskripsispesifikasi"),
    ("keterangan", r"^ket$|^keterangan|^catatan|^alasan|^kendala|^tindaklanjut|^link|^sumber|^lokasi|^penanggung|^pelaksana"),
    ("keterangan", r"^instansi|^unitkerja|^sat(?:uan)?ker(?:ja)?$|^perangkatdaerah|^skpd|^opd|^bidang$"
     r"|^formula|^definisi|^tanggungjawab|^pemangku"),
    # Tariffs are listed by place; a table may have no other name for its lines.
    ("tempat", r"^(?:pro[vp]insi|negara|(?:ibu|kab(?:upaten)?)?kota|kabupaten|kecamatan|daerah)(?:asal|tujuan)?$|^asal$|^rute$"),
    ("lain", r"^id$"),
    ("tanggal", r"^tanggal|^tgl|^waktu"),
    ("tahun", r"^(?:tahun|thn|thang|ta|tahunanggaran)$"),
    ("periode", r"^(?:triwulan|tw|bulan|periode|semester)$"),
    ("jenis", r"^jenisbelanja$|^jenis$|^kelompok$|^kategori$"),
    ("uraian", r"^(?:uraian|nama|nm|deskripsi|description|rincian|program|kegiatan|subkegiatan|pekerjaan|barang|komponen|item)"),
    ("uraian", r"^(?:namabarang|jenisbarang|jenispekerjaan|jenispengeluaran|belanja|aktivitas|aktifitas|output|keluaran)"),
    ("uraian", r"^(?:(?:untuk)?keperluan|perlengkapan|peruntukan)$"),
    ("uraian", r"^outcome|^rowlabels$|^labelbaris$|uraian|namabarang|^subrincian|^objek|^kebutuhanbarang|^akunbelanja"),
    ("uraian", r"^jenis(?:belanja|kegiatan|usulan|prasarana|bantuan|pelayanan)|^aksi|^rencanaaksi|^renaksi|^(?:bidang)?urusan"),
)
_COMPILED = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)

_SPELT = (
    "uraian", "satuan", "volume", "jumlah", "realisasi", "anggaran", "target", "keterangan", "spesifikasi", "persentase",
    "indikator", "kegiatan", "hargasatuan", "koderekening", "jumlahharga", "program", "rekening",
)  # fmt: skip
"""Words whose misspellings are known again."""

_NUMBERED = re.compile(r"^(?:vol|sat|jumlah|rekening|harga|header)\d+$")


@dataclass(frozen=True, slots=True)
class Word:
    """What one heading cell says. ``role`` "" when unknown; ``period``: tw1…tw4, s1, s2, b01…b12, a year, t1…t9, sd,
    lalu (up to last month), v1 or v2 (before and after a change), or ""."""

    role: str = ""
    period: str = ""
    money: bool = False
    percent: bool = False
    spelt: bool = True  # False when it was known in spite of a misspelling
    figure: str = ""  # target or realisasi, where the heading says that it is counted in percent

    @property
    def known(self) -> bool:
        """Anything that makes the cell a heading."""
        return bool(self.role or self.period or self.money or self.percent)


@lru_cache(maxsize=8192)
def word(text: str) -> Word:
    """What a heading cell says."""
    cleaned = clean(text)
    if not cleaned or (len(cleaned) > MAX_HEADING and not (_LONG.match(cleaned) and len(cleaned) <= 2 * MAX_HEADING)):
        return Word()
    if _AMOUNT.fullmatch(cleaned) and not _YEAR.fullmatch(cleaned):
        return Word()
    money = bool(_RP.search(cleaned))
    bare = fold(_BRACKETS.sub(" ", cleaned)) or fold(cleaned)
    if cleaned.startswith("@"):
        return Word(role="harga", money=money)
    if bare in ("rp", "rupiah", "idr", "keuangan", "keu"):
        return Word(money=True)
    if bare in ("persen", "fisik", "prosen"):
        return Word(percent=True)
    if bare == "k":
        return Word(role="kinerja")
    period = _period(cleaned, bare)
    role, spelt = _role(bare)
    figure = role if role in ("realisasi", "target") else ""
    if role in ("realisasi", "target", "sisa", "anggaran") and (_PERCENT.search(cleaned) or "fisik" in bare) and not money:
        role = "persen"
    if period and role in ("periode", "tahun"):
        role = ""
    if not role and period and not _only_period(bare):
        period = "" if len(bare) > 40 else period
    return Word(role=role, period=period, money=money, percent=role == "persen", spelt=spelt, figure=figure)


def _role(bare: str) -> tuple[str, bool]:
    if _NUMBERED.match(bare) and not bare.startswith("harga"):
        return ("kode" if bare.startswith("rekening") else "lain"), True
    for role, pattern in _COMPILED:
        if pattern.search(bare):
            return role, True
    for known in _SPELT:
        if abs(len(known) - len(bare)) <= 2 and len(known) >= 6 and _close(known, bare, 2 if len(known) >= 9 else 1):
            return _role(known)[0], False
    return "", True


def _period(cleaned: str, bare: str) -> str:
    if found := _TW.match(bare) or _TW_INSIDE.search(cleaned):
        return f"tw{_ROMAN.get(found[1].lower(), found[1])}"
    if (found := _MONTH.match(bare)) and len(bare) <= len(found[0]) + 4:
        return f"b{int(next(k for k, v in found.groupdict().items() if v)[1:]):02d}"
    if found := re.fullmatch(
        r"(?:target|realisasi|capaian|anggaran|pagu|apbd)?(?:tahun|thn|ta|tahunke)?((?:19|20)\d\d)(?:rp)?", bare
    ):
        return found[1]
    if found := re.fullmatch(r"(?:semester|smt|sem)(?:ke)?(ii|i|1|2)", bare):
        return f"s{_ROMAN.get(found[1], found[1])}"
    if found := re.fullmatch(r"(?:tahun|thn|th)(?:ke)?([1-9])", bare):
        return f"t{found[1]}"
    if found := re.fullmatch(
        r"(semula|murni|sebelum(?:perubahan|pergeseran)?)|(?:menjadi|se(?:telah|sudah)(?:perubahan|pergeseran)?)", bare
    ):
        return "v1" if found[1] else "v2"
    if re.match(r"sd|sampaidengan|kumulatif", bare):
        return "lalu" if re.search(r"lalu|sebelum", bare) else "sd"
    return ""


_QUARTER = re.compile(r"IV|I{1,3}|[1-4]")


def quarter_below(path: tuple[str, ...]) -> str:
    """Where "Realisasi Kinerja pada Triwulan" stands above I, II, III, IV, the quarter stands below its word."""
    for upper, lower in zip(path, path[1:], strict=False):
        if re.search(r"triwulan|\btw\b", upper, re.IGNORECASE) and (found := _QUARTER.fullmatch(clean(lower))):
            return f"tw{_ROMAN.get(found[0].lower(), found[0])}"
    return ""


def _only_period(bare: str) -> bool:
    return bool(_TW.match(bare) or _MONTH.match(bare) or _YEAR.search(bare) or bare.startswith(("tahun", "thn", "th", "sd")))


@lru_cache(maxsize=8192)
def _close(a: str, b: str, limit: int) -> bool:
    """Whether ``b`` is ``a`` with at most ``limit`` letters wrong, missing or too many (and the same first letter)."""
    if a[0] != b[:1]:
        return False
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1] <= limit


_TOTAL = re.compile(
    r"^(?:(?:sub|grand)?totals?|subjumlah|jumlah|jml|total|jumlahtotal|jumlahkeseluruhan|totalkeseluruhan|totalanggaran"
    r"|totalbelanja"
    r"|totalbiaya|jumlahbelanja|jumlahanggaran|jumlahbiaya|jumlahharga|jumlahakhir|totalharga|jumlahseluruh\w*|grandtotal"
    r"|totalrab|jumlahrab|totalpagu|jumlahpagu|totalrealisasi|jumlahrealisasi|jumlahtotal\w*|totaljumlah)$"
)
_TOTAL_LETTERS = frozenset("jJtTsSgGpPdD")
_TOTAL_BEGINS = frozenset({"ju", "jm", "to", "su", "gr", "pi", "di"})
_TWO_LETTERS = re.compile(r"[\W\d_]*([^\W\d_])[\W\d_]*([^\W\d_])")
"""First letters of such labels, blanks between them or not; most names begin with others."""
_TOTAL_START = re.compile(
    r"^\s*(?:pindahan|dipindahkan|sub\s*-?\s*total|sub\s*-?\s*jumlah|grand\s*total|jumlah|jml\.?|total)\b", re.IGNORECASE
)
_ADDED = re.compile(
    r"^\s*(?:(?:ppn|pph|pembulatan|dibulatkan|biaya umum|overhead|keuntungan|profit|jasa pelaksana|surplus|defisit)\b"
    r"|pajak(?:\W*$|\W*(?:ppn|pph|pertambahan|penghasilan|jasa konstruksi|\d))|pembiayaan nett?o\b"
    r"|(?:silpa|sisa lebih)\b(?!.*\b(?:sebelum|lalu)))",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"^\s*(?:mengetahui|menyetujui|disetujui|disahkan|dibuat oleh|diperiksa|diketahui|nip\b|kepala\s|camat\b|sekretaris\s|plt\.|"
    r"an\.|a\.n\.|pengguna anggaran|kuasa pengguna|bendahara|pptk|yang membuat|penyusun)",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"^\s*(?:nip\b|mengetahui|menyetujui|pihak (?:kesatu|pertama|kedua)|pejabat (?:yang )?(?:penilai|dinilai)|(?:pns|pegawai)"
    r" yang (?:di)?nilai|atasan langsung|.{3,40}, *(?:\d{1,2}|[._…]+|tgl|tanggal)? *(?:"
    + "|".join(_MONTHS)
    + r")\w* +(?:20\d\d|20?[._…]+)\s*$)",
    re.IGNORECASE,
)
_NOTE = re.compile(r"^\s*(?:catatan|keterangan|nb\b|note|ket\b|sumber|terbilang|\*|dicetak|halaman|petunjuk)", re.IGNORECASE)


def is_total(text: str) -> bool:
    """A label that announces a sum: JUMLAH, Sub Total, TOTAL (A+B)."""
    first = text[:1]
    if first.isalpha() and first not in _TOTAL_LETTERS:
        return False
    begins = _TWO_LETTERS.match(text)
    return begins is not None and (begins[1] + begins[2]).lower() in _TOTAL_BEGINS and _announces(text)


@lru_cache(maxsize=1 << 16)
def _announces(text: str) -> bool:
    bare = fold(_BRACKETS.sub(" ", text))
    return bool(_TOTAL.match(bare)) or bool(_TOTAL_START.match(clean(text)))


@lru_cache(maxsize=1 << 16)
def is_plain_total(text: str) -> bool:
    """A label that can be nothing but a sum (``Jumlah peserta`` could be a line, ``JUMLAH`` can't)."""
    return bool(_TOTAL.match(fold(_BRACKETS.sub(" ", text))))


def is_added(text: str) -> bool:
    """What is put on top of a total or left of it: tax, rounding, overhead, surplus."""
    return bool(_ADDED.match(clean(text)))


_STATISTIC = re.compile(
    r"\s*(?:(?:nilai\s+)?rata\W*rata|rerata|average|persentase|prosentase|persen|%)"
    r"(?:\s+(?:realisasi|serapan|penyerapan|capaian|anggaran|keuangan|total))*\s*(?:\(\s*%\s*\))?\W*", re.IGNORECASE,
)  # fmt: skip


def is_statistic(text: str) -> bool:
    """A row below a table that gives an average or shares of its columns, not an amount."""
    return bool(_STATISTIC.fullmatch(clean(text)))


_AVERAGE = re.compile(
    r"^(?:nilai )?(?:rata ?-? ?rata|rerata)(?: (?:capaian|realisasi|kinerja|keseluruhan|total|persentase|\(?%\)?))*$",
    re.IGNORECASE,
)


def is_average(text: str) -> bool:
    """An average below a table of indicators, where any other statistic may be an indicator (``Rata-rata lama sekolah``)."""
    return bool(_AVERAGE.match(clean(text)))


def is_signature(text: str) -> bool:
    """The first words of a signature block."""
    return bool(_SIGNED.match(clean(text)))


def is_sign_off(text: str) -> bool:
    """Place and date, or whose signature follows: what stands below a table and never in it."""
    return bool(_SIGN_OFF.match(clean(text)))


def is_note(text: str) -> bool:
    """The first words of a remark below a table."""
    return bool(_NOTE.match(clean(text)))
