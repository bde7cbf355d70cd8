"""A mail as a draft file (.eml) that any mail program opens for sending. Nothing is sent, and no clock is read."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

WORKBOOK = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
DOMAIN = "kinerja-xl.invalid"
"""The right side of a Message-ID; ".invalid" belongs to nobody (RFC 2606)."""


_LINE = 300
"""Longest header line before it is folded (RFC 5322 allows 998): some programs show the blank of a fold in the subject."""


def draft(to: Sequence[str], subject: str, text: str, name: str, workbook: bytes) -> bytes:
    """The bytes of the draft: a covering text and one workbook.

    ``X-Unsent: 1`` makes Outlook open it for editing. No Date: the sender's program puts its own. Message-ID and
    boundary come from the content, so that the same input gives the same bytes.
    """
    message = EmailMessage(policy=SMTP.clone(max_line_length=_LINE))
    mark = sha256("\0".join([*to, subject, text, name]).encode() + workbook).hexdigest()[:32]
    message["To"] = ", ".join(to)
    message["Subject"] = subject
    message["Message-ID"] = f"<{mark}@{DOMAIN}>"
    message["X-Unsent"] = "1"
    message.set_content(text, cte="quoted-printable")
    message.add_attachment(workbook, maintype=WORKBOOK[0], subtype=WORKBOOK[1], filename=name)
    message.set_boundary(f"=_{mark}")
    return message.as_bytes()
