"""Text made comparable: cleaned of what nobody sees, folded to what headings and choices are compared by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from itertools import islice

# Excel writes control characters of a text as _xHHHH_; web pages leave zero-width marks and soft hyphens.
_ESCAPED = re.compile(r"_x(000D|000A|0009|00A0|200B)_", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]")
_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" ?\n ?")

_WORD = re.compile(r"\w+")

DASH = re.compile(r"[-–—•*·▪]\s+(?=\S)")
"""The dash before an item of a typed list."""

_MOST_BLANKS = 32
_LONG_BLANKS = re.compile(rf"\s{{{_MOST_BLANKS + 1},}}")


def bounded_blanks(text: str) -> str:
    """``text`` with runs of blanks cut to what a person may have typed.

    Every reader of strangers' cells passes its texts through here: patterns that try out each way to share blanks between
    their parts would need minutes for three thousand of them.
    """
    if len(text) <= _MOST_BLANKS or text.isprintable() and "  " not in text:
        return text
    return _LONG_BLANKS.sub(lambda run: run[0][:_MOST_BLANKS], text)


def clean(text: str) -> str:
    """``text`` without invisible characters, runs of blanks and outer blanks; inner line breaks stay as ``\\n``."""
    if text.isprintable() and "  " not in text and "_" not in text:
        return text.strip()  # most texts; of all blanks only a plain one is printable
    if "_x" in text or "_X" in text:
        text = _ESCAPED.sub(lambda m: chr(int(m.group(1), 16)), text)
    text = _LINE_BREAKS.sub("\n", text)
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", text))
    return _AROUND_BREAK.sub("\n", text).strip()


def all_clean(texts: Collection[str]) -> bool:
    """Whether :func:`clean` would change none of these texts, each of which has something in it."""
    joined = " ".join(texts)
    return joined.isprintable() and "  " not in joined and "_" not in joined and joined == joined.strip()


def clean_all(texts: Sequence[str], clean: Callable[[str], str] = clean) -> Sequence[str]:
    """What each of many texts is cleaned to: those that need nothing in one go. ``clean``: another one that remembers."""
    return texts if all_clean([*filter(None, texts)]) else list(map(clean, texts))


_DROPPED = bytes(i for i in range(128) if not chr(i).isalnum())
"""What folding leaves out of plain letters, as bytes: a price list has a hundred thousand texts."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """What headings and choices are compared by: letters and digits only, in lower case.

    ``U r a i a n`` equals ``uraian``, ``Kode  Rekening :`` equals ``kode rekening``; ``%`` counts as "persen" and
    ``&`` as "dan". The result is a key, not for showing.
    """
    if text.isascii() and "_x" not in text and "_X" not in text:
        return text.lower().replace("%", "persen").replace("&", "dan").encode().translate(None, _DROPPED).decode()
    words = clean(text).replace("%", " persen ").replace("&", " dan ")
    letters = unicodedata.normalize("NFKD", words).casefold()
    return "".join(ch for ch in letters if ch.isalnum())


def has_words(text: str, number: int) -> bool:
    """Whether a text has at least so many words."""
    return next(islice(_WORD.finditer(text), number - 1, None), None) is not None


def fold_all(texts: Sequence[str]) -> list[str]:
    """What each of many texts is folded to; plain ones in one go."""
    joined = "\n".join(texts)
    if not joined.isascii() or "_x" in joined or "_X" in joined or joined.count("\n") != len(texts) - 1:
        return list(map(fold, texts))
    plain = joined.lower().replace("%", "persen").replace("&", "dan").encode()
    return plain.translate(None, _DROPPED.replace(b"\n", b"")).decode().split("\n")
