"""What every command shares: language, machine-readable answers, where text goes."""

from __future__ import annotations

import io
import json
import locale
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

from matching.domain.text import Lang, Text

if TYPE_CHECKING:
    from rich.console import Console

LangOption = Annotated[
    Literal["zh", "en"] | None, typer.Option("--lang", help="zh 或 en；缺省随系统 / zh or en; the system's by default")]
JsonOption = Annotated[bool, typer.Option("--json", help="在标准输出上给出机器可读的结果 / machine-readable answer")]


def system_lang() -> Lang:
    """Return the language of the locale, else Chinese."""
    names = (os.environ.get(k) for k in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next((n for n in names if n), None) or locale.getlocale()[0] or ""
    return "en" if name.lower().startswith("en") else "zh"


@dataclass(frozen=True)
class Context:
    """The language and form of one command's answers."""

    lang: Lang
    as_json: bool

    @classmethod
    def of(cls, lang: Lang | None, as_json: bool) -> Context:
        """Make the context that a command's options ask for."""
        return cls(lang or system_lang(), as_json)

    @cached_property
    def out(self) -> Console:
        """Where answers for people go."""
        from rich.console import Console

        return Console(highlight=False, emoji=False, soft_wrap=not sys.stdout.isatty())

    @cached_property
    def err(self) -> Console:
        """Where progress and remarks go."""
        from rich.console import Console

        return Console(stderr=True, highlight=False, emoji=False, soft_wrap=not sys.stderr.isatty())

    def say(self, zh: str, en: str) -> None:
        """Print a sentence for people, on standard error where standard output carries the answer."""
        (self.err if self.as_json else self.out).print(Text(zh, en).get(self.lang), markup=False)

    def warn(self, zh: str, en: str) -> None:
        """Print a sentence for people on standard error."""
        self.err.print(Text(zh, en).get(self.lang), markup=False)

    def answer(self, value: Mapping[str, Any]) -> None:
        """Print the one machine-readable object, in UTF-8 whatever the console's encoding: JSON knows no other."""
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")

    def leave(self, code: int) -> NoReturn:
        """End the command with an exit code."""
        raise typer.Exit(code)
