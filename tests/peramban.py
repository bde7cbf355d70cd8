"""Debian's Chromium, driven by Playwright, for the few tests that a browser has to judge; the page served inside this process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, sync_playwright

from kinerja_xl.face.page import listening
from kinerja_xl.face.page.room import Room

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
SCREEN = {"width": 1366, "height": 768}
PATIENCE = 180_000
"""Milliseconds that a test waits for a page."""


def find() -> str | None:
    return shutil.which("chromium")


def require() -> str:
    """Chromium's path; without it the test is skipped, or fails where it must be there."""
    found = find()
    if found is None:
        if os.environ.get("KINERJA_XL_WAJIB_PERAMBAN"):
            pytest.fail("Chromium tidak ditemukan, padahal KINERJA_XL_WAJIB_PERAMBAN meminta ujinya dijalankan.")
        pytest.skip("Chromium tidak ditemukan; pasang dengan apt-get install chromium")
    return found


@contextmanager
def browser() -> Iterator[BrowserContext]:
    """A browser without a past."""
    program = require()
    with TemporaryDirectory() as profile, sync_playwright() as driver:
        window = driver.chromium.launch_persistent_context(
            profile, executable_path=program, headless=True, args=list(FLAGS), viewport=SCREEN, locale="id-ID"
        )
        window.set_default_timeout(PATIENCE)
        yield window
        window.close()


@contextmanager
def served(*folders: Path) -> Iterator[tuple[Room, str]]:
    """The page of one start that knows these folders: the room and its address."""
    room = Room()
    for folder in folders:
        room.begin(folder)
    with listening(room):
        yield room, room.guard.address


def settled(page: Page) -> Page:
    """After whatever is being done."""
    page.wait_for_load_state()
    page.locator("[data-kerja]").wait_for(state="detached")
    page.wait_for_load_state()
    return page


def press(page: Page, name: str, *, exact: bool = True) -> Page:
    """A button by its words, and what it does."""
    return gone(page, page.get_by_role("button", name=name, exact=exact).first)


def follow(page: Page, name: str) -> Page:
    """A link by its words."""
    return gone(page, page.get_by_role("link", name=name, exact=True).first)


def gone(page: Page, way: Locator) -> Page:
    """A click, and the page that it leads to."""
    with page.expect_navigation():
        way.click()
    return settled(page)


def tab_to(page: Page, wanted: Locator) -> None:
    """Walk there with the Tab key alone, as somebody does who has no mouse."""
    for _ in range(120):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached with Tab")


def text(page: Page) -> str:
    """What stands on the page, blanks made one."""
    return " ".join(page.locator("main").inner_text().split())
