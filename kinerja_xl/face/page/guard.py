"""Who may ask: this browser, on this machine, by the address that this start has printed. Everything else gets a refusal.

The server listens on 127.0.0.1 alone. The address carries a token, which becomes a cookie; a name other than 127.0.0.1 (a foreign
page whose name leads here), another Origin, a form without its mark, or an act by GET is refused.
"""

from __future__ import annotations

import secrets
from hmac import compare_digest

from flask import Flask, Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

HOST = "127.0.0.1"
MARK = "tanda"
"""The field of every form that says it is one of ours."""
ENTRY = "masuk"
"""The page that takes the token of the address."""

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store",
}  # fmt: skip
"""``same-origin``, not ``no-referrer``: with the latter a browser sends ``Origin: null`` with our own forms."""


class Guard:
    """The token of one start, and the mark of its forms."""

    def __init__(self) -> None:
        self.token, self.mark = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self.port = 0

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def address(self) -> str:
        return f"{self.origin}/{ENTRY}?token={self.token}"

    @property
    def cookie(self) -> str:
        """Browsers keep one jar for all ports of a host."""
        return f"kinerja_xl_{self.port}"

    def protect(self, app: Flask) -> None:
        """Put it before every page of the app."""
        app.before_request(self._check)
        app.after_request(self._headers)
        app.add_url_rule(f"/{ENTRY}", ENTRY, self._enter)
        app.context_processor(lambda: {"tanda": self.mark})

    def _check(self) -> None:
        if request.host != f"{HOST}:{self.port}":
            abort(403)
        if request.endpoint in (ENTRY, "static"):
            return
        known = request.cookies.get(self.cookie, "")
        if not compare_digest(known.encode(), self.token.encode()):
            abort(403)
        if request.method not in ("GET", "HEAD") and not self._ours():
            abort(403)

    def _ours(self) -> bool:
        """Whether an act comes from a page of ours. Every browser of today sends the Origin of a form."""
        if request.headers.get("Origin") != self.origin:
            return False
        given = request.headers.get("X-Tanda") or request.form.get(MARK, "")
        return compare_digest(given.encode(), self.mark.encode())

    def _enter(self) -> AnyResponse:
        if not compare_digest(request.args.get("token", "").encode(), self.token.encode()):
            abort(403)
        answer = redirect("/", 303)
        answer.set_cookie(self.cookie, self.token, httponly=True, samesite="Strict")
        return answer

    def _headers(self, answer: Response) -> Response:
        answer.headers.update(_HEADERS)
        answer.headers.pop("Server", None)
        return answer
