"""Click in Indonesian: usage, options, commands and mistakes of the command line, in words that staff read."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kinerja_xl.face.cli import answer, log, pipe, run, typed
from kinerja_xl.face.cli.trouble import careful, refused
from kinerja_xl.face.cli.wide import Wide

if TYPE_CHECKING:
    from datetime import date

    from kinerja_xl.uses.cetak import Paperwork


F = TypeVar("F", bound=Callable[..., Any])
USAGE_TROUBLE = run.USAGE_TROUBLE


class _Worded:
    """Headings of a help page."""

    context_class: type[click.Context] = Wide

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Pemakaian: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        params = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]  # type: ignore[attr-defined]
        records = [(record[0], _described(param)) for param in params if (record := param.get_help_record(ctx))]
        if records:
            with formatter.section("Pilihan"):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Tampilkan bantuan ini."
        return option  # type: ignore[no-any-return]


def _described(option: click.Option) -> str:
    """The option's own help; click would add ranges and "required" in English."""
    return (option.help or "") + (" (wajib disebut)" if option.required else "")


class Verb(_Worded, click.Command):
    """A verb with Indonesian help; trouble of any kind becomes a sentence and status 2. ``order``: its place in the list;
    ``points``: what it did ends with a line that points to ``status`` of the year that it was about; ``results``: it
    ends with a result, to be opened or told to a program.
    """

    def __init__(self, *args: Any, order: int = 500, points: bool = True, results: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order, self.points, self.results = order, points, results

    def invoke(self, ctx: click.Context) -> Any:
        def verb() -> Any:
            return careful(lambda: super(Verb, self).invoke(ctx))

        result = verb() if not self.results or not answer.asked() else answer.spoken(ctx, verb, run.WRITTEN)
        if self.points and result != USAGE_TROUBLE and not answer.asked():
            careful(lambda: _point(ctx.params))
        return result

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Its own and those of every verb: ``--format``, ``--verbose``, and ``--buka`` where it is about files."""
        *own, help_page = super().get_params(ctx)
        about_files = self.results and any(isinstance(param.type, click.Path) for param in own)
        form = [] if not self.results or any(answer.NAME in param.opts for param in own) else [answer.OPTION]
        return [*own, *form, *([run.OPENS] if about_files else []), log.OPTION, help_page]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [piece.replace("[OPTIONS]", "[PILIHAN]") for piece in super().collect_usage_pieces(ctx)]


def _point(params: Mapping[str, Any]) -> None:
    """Where the year stands now, as the last line; nothing for what belongs to no year's folder."""
    first = sorted(params, key=lambda name: name != "folder")
    values = (value if isinstance(value, tuple) else (value,) for value in map(params.get, first))
    for path in (path for group in values for path in group if isinstance(path, os.PathLike)):
        from pathlib import Path

        from kinerja_xl.office.place import folder_around, is_year

        folder = Path(path) if is_year(Path(path)) else folder_around(Path(path))
        if folder:
            click.echo(f"Berikutnya: lihat langkahnya dengan {typed.command(['status', str(folder)])}")
            return


class Verbs(_Worded, click.Group):
    """The verbs of a package, a module each: its name is the verb's, its ``command`` the verb. Loaded when it is called."""

    def __init__(self, *args: Any, package: ModuleType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._package = package

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._verb(cmd_name) if cmd_name in self._names() else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise typed.Said(self._no_verb(ctx, args), ctx)
        return super().resolve_command(ctx, args)

    def _no_verb(self, ctx: click.Context, args: list[str]) -> str:
        """Of a word that is no verb: which verb was probably meant."""
        from kinerja_xl.sheets.texts import suggest

        word = args[0]
        if os.path.exists(word):  # noqa: PTH110  # pathlib takes a tenth of a help page to load
            return f"{word} bukan perintah. Ketik: {typed.command(['periksa', *args])}"
        near = suggest(word, [*self.list_commands(ctx), *_HELP])
        if near:
            meant = _HELP.get(near[0], near[0])
            return f"perintah tidak dikenal: {word}; mungkin {meant}. Ketik: {typed.command([meant, *args[1:]])}"
        return f"perintah tidak dikenal: {word}."

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        typed.keep(ctx, args)
        if wrong := typed.mishap(args):
            raise typed.Said(wrong, ctx)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        status = run.watched(ctx, lambda: careful(lambda: super(Verbs, self).invoke(ctx)))
        return USAGE_TROUBLE if pipe.deserted() and not ctx.meta[run.WRITTEN] else status  # only what was to be read was lost

    def _names(self) -> list[str]:
        files = os.listdir(self._package.__path__[0])  # noqa: PTH208
        return [file[:-3] for file in files if file.endswith(".py") and file[0] != "_"]

    def _verb(self, name: str) -> Verb:
        verb: Verb = import_module(f"{self._package.__name__}.{name}").command
        verb.name = name
        return verb

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["[PILIHAN]", "PERINTAH …"]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, _ in self._listed()]

    def _listed(self) -> list[tuple[str, str]]:
        """Each verb that is shown with its short help, in order: read off its module, which twenty imports take ten times for."""
        found = []
        for name in self._names():
            with open(f"{self._package.__path__[0]}/{name}.py", encoding="utf-8") as module:  # noqa: PTH123
                text = module.read()
            if "hidden=True" in text:
                continue
            if told := _DECLARED.search(text):
                found.append((int(told[1]), name, click.Command(name, help=told[2]).get_short_help_str(200)))
            elif not (verb := self._verb(name)).hidden:
                found.append((verb.order, name, verb.get_short_help_str(200)))
        return [(name, words) for _, name, words in sorted(found)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = self._listed()
        with formatter.section("Perintah"):
            formatter.write_dl(rows)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a verb; mistakes of usage are one Indonesian sentence and status 2, never English."""
        words = kwargs.get("args") or (args[0] if args else None)
        with answer.to([*map(str, sys.argv[1:] if words is None else words)]), pipe.patient():
            self._run(*args, **kwargs)

    def _run(self, *args: Any, **kwargs: Any) -> Any:
        kwargs["standalone_mode"] = False
        try:
            result = super().main(*args, **kwargs)
            if sys.stdout is not None:
                sys.stdout.flush()  # here a closed pipe or a full disk can still be told from a result
        except click.exceptions.NoArgsIsHelpError:
            click.echo(_FIRST_STEPS, err=True)
            sys.exit(USAGE_TROUBLE)
        except click.UsageError as error:
            answer.failed(f"Salah perintah: {sentence(error)}")
            if error.ctx is not None:
                click.echo(f"Lihat: {error.ctx.command_path} --help", err=True)
            sys.exit(USAGE_TROUBLE)
        except click.ClickException as error:
            answer.failed(error.message)
            sys.exit(USAGE_TROUBLE)
        except (click.Abort, KeyboardInterrupt):
            answer.failed("Dihentikan.")
            sys.exit(USAGE_TROUBLE)
        except BrokenPipeError:
            _hush(sys.stdout, sys.stderr)
            sys.exit(USAGE_TROUBLE)
        except OSError as error:
            _hush(sys.stdout)
            sys.exit(refused(error))
        sys.exit(result if isinstance(result, int) else 0)


_DECLARED = re.compile(r'^@click\.command\(cls=Verb, order=(\d+)[^\n]*\n.*?    """((?:(?!"""|\n\n).)+)', re.MULTILINE | re.DOTALL)
"""How a verb's module declares its place and, as the docstring below, what it does."""

_HELP: Mapping[str, str] = {"bantuan": "--help", "tolong": "--help", "help": "--help", "versi": "--version"}
"""Words that people type for a verb and that are options."""

_FIRST_STEPS = f"""\
Mencoba dengan kantor contoh: {typed.PROGRAM} contoh Contoh, lalu {typed.PROGRAM} rekap Contoh
Memulai tahun anggaran: {typed.PROGRAM} mulai FOLDER --tahun TAHUN; sampai di mana tahun ini: {typed.PROGRAM} status FOLDER
Semua perintah: {typed.PROGRAM} --help"""


def _hush(*streams: Any) -> None:
    """Nobody reads these any more: what is still to be written goes nowhere, and ending says nothing of it."""
    for stream in streams:
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def sentence(error: click.UsageError) -> str:
    """What was wrong with the command line, in Indonesian."""
    for kind, words in _SENTENCES:
        if isinstance(error, kind):
            return words(error)
    if error.message == "tanpa-isi-aktif":
        return "--tanpa-isi-aktif hanya bersama --kembalikan."
    if error.message == "kembalikan":
        return "--kembalikan hanya untuk folder tahun yang memuat Kantor.xlsx."
    if extra := re.search(r"extra arguments? \((.*)\)", error.message):
        return f'tidak diperlukan: {extra[1]}. Nilai yang memuat spasi ditulis di antara tanda petik, seperti "1 Oktober 2024".'
    return "jumlah atau susunan argumen tidak sesuai."


def _param(error: Any) -> str:
    param = getattr(error, "param", None)
    if param is None:
        return getattr(error, "param_hint", None) or "argumen"
    return param.opts[-1] if isinstance(param, click.Option) else (param.metavar or param.name.upper())


_SENTENCES: tuple[tuple[type[Exception], Callable[[Any], str]], ...] = (
    (typed.Said, lambda e: e.message),
    (click.MissingParameter, lambda e: f"{_param(e)} belum disebut.{_here(e)}"),
    (click.NoSuchOption, lambda e: f"pilihan {e.option_name} tidak dikenal{_option(e)}."),
    (click.BadOptionUsage, lambda e: f"pilihan {e.option_name} {'tidak ' if 'not take' in e.message else ''}membutuhkan nilai."),
    (click.BadParameter, lambda e: f"nilai untuk {_param(e)} tidak sah{_detail(e)}."),
)


def _here(error: click.MissingParameter) -> str:
    """The command to type where a year's folder was left out and one is at hand."""
    from pathlib import Path

    from kinerja_xl.office.place import is_year, years_below

    if not isinstance(getattr(error.param, "type", None), YearFolder):
        return ""
    near = [Path()] if is_year(Path()) else years_below(Path())
    return f" Ketik: {typed.command([*typed.kept(error.ctx), str(near[0])])}" if near else ""


def _option(error: click.NoSuchOption) -> str:
    from kinerja_xl.sheets.texts import suggestion

    known = [name for param in error.ctx.command.get_params(error.ctx) for name in param.opts] if error.ctx else []
    return suggestion(error.option_name, [name for name in known if name.startswith("--")])


def _detail(error: click.BadParameter) -> str:
    kind = getattr(error.param, "type", None)
    if isinstance(kind, click.Choice):
        return f" (pilih {' atau '.join(str(c) for c in kind.choices)})"
    if isinstance(kind, Day):
        return ' (tulis seperti "1 Oktober 2024", 01/10/2024, atau 2024-10-01)'
    if isinstance(kind, click.Path):
        return " (itu folder; sebutkan nama berkasnya)"
    if isinstance(kind, click.IntRange):
        return f" (angka {kind.min} sampai {kind.max})"
    return ""


# ---- What every verb shares: its common options ----

FORMAT = click.option(answer.NAME, "form", **answer.HOW)
ALL = click.option("--semua", "everything", is_flag=True, help="Tampilkan semua catatan, bukan tiga contoh per kode.")


class YearFolder(click.Path):
    """A year's folder; a file in it means the folder. Raises Misplaced, with what was probably meant."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from pathlib import Path

        from kinerja_xl.office.place import year_folder

        return year_folder(Path(value))


class Book(click.Path):
    """A file that is there. Raises Misplaced, with what was probably meant."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from pathlib import Path

        from kinerja_xl.office.place import book

        return book(Path(value))


FOLDER = click.argument("folder", type=YearFolder(), metavar="FOLDER")
class New(click.Path):
    """A file or folder that need not be there. A help page shows no path, so what makes one is loaded with the first."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from pathlib import Path

        return Path(os.fsdecode(super().convert(value, param, ctx)))


NEW_BOOK = New(dir_okay=False)
"""A file that need not be there."""
NEW_FOLDER = click.argument("folder", type=New(), metavar="FOLDER")


def tanggal_option(help_text: str) -> Callable[[F], F]:
    """``--tanggal``: a date as people write it."""
    return click.option("--tanggal", type=Day(), metavar="TANGGAL", help=help_text)


class Day(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.5; 8.1 will do
    """A date in any spelling that our forms take."""

    name = "tanggal"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from kinerja_xl.sheets.values import parse_date  # what --help does not need is loaded when it is used

        parsed = parse_date(value)
        if parsed.value is None or parsed.doubt is not None:
            self.fail("tanggal", param, ctx)
        return parsed.value


def target_option(help_text: str, metavar: str = "BERKAS", *, required: bool = False) -> Callable[[F], F]:
    """``-o``: the file that is written."""
    return click.option("-o", "--hasil", "target", type=NEW_BOOK, required=required, metavar=metavar, help=help_text)


DATA = click.option(
    "--data", "data", type=New(file_okay=False), metavar="FOLDER",
    help="Tulis juga tabel-tabelnya ke folder ini.",
)  # fmt: skip
DATA_FORM = click.option(
    "--bentuk-data", "data_form", type=click.Choice(["csv", "parquet"]), default="csv", metavar="csv|parquet",
    help="Bentuk tabel di folder data (bawaan csv).",
)  # fmt: skip


# ---- What the verbs of paper share: the option --pdf, and how their result is said ----

PDF = click.option("--pdf", is_flag=True, help="Juga sebagai PDF, bila LibreOffice terpasang.")


def show(done: Paperwork) -> int:
    """What was written, then what the office should know; 1 where something is still to be completed."""
    run.say_written([one.path for one in done.written])
    for one in done.written:
        if one.sentence:
            click.echo(one.sentence, err=True)
    for note in done.notes:
        click.echo(note.sentence, err=True)
    return int(done.needs_work)
