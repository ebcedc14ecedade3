"""What is wrong with a call, in both languages: the library that parses the command line speaks English only."""

from __future__ import annotations

import re
from typing import Any

from matching.domain.findings import Finding, error
from matching.domain.text import Text

NO_COMMAND = "no_command"
"""The code where nothing was asked for; the finding's text is the help."""


def wrong_call(problem: Exception) -> Finding | None:
    """Return what is wrong with the call; None where `problem` is something else.

    Classes are told by their names, since where they live depends on the version of typer.
    """
    kinds = [kind.__name__ for kind in type(problem).__mro__]
    if "UsageError" not in kinds:
        return None
    context: Any = getattr(problem, "ctx", None)
    if "NoArgsIsHelpError" in kinds:
        return error(NO_COMMAND, context.get_help(), context.get_help())
    say = next(_SENTENCES[kind] for kind in kinds if kind in _SENTENCES)
    text, suggest = say(problem)
    usage = f"{context.command_path} --help" if context else "matching --help"
    return error("wrong_call", f"{text.zh}；用法见 {usage}", f"{text.en}; see {usage}", suggest=suggest)


Said = tuple[Text, tuple[str, ...]]


def _no_such_option(problem: Any) -> Said:
    name = problem.option_name
    return Text(f"没有 {name} 这个选项", f"there is no option {name}"), tuple(problem.possibilities or ())


def _missing(problem: Any) -> Said:
    name, means = _named(problem.param)
    return Text(f"缺少 {name}（{means.zh}）", f"{name} is missing ({means.en})"), ()


def _bad_value(problem: Any) -> Said:
    name, means = _named(problem.param)
    return Text(f"{name} 的值不对（{means.zh}）", f"the value of {name} will not do ({means.en})"), ()


def _no_value(problem: Any) -> Said:
    name = problem.option_name
    return Text(f"选项 {name} 后面缺少值，或者多了值", f"the option {name} lacks a value, or takes none"), ()


def _other(problem: Any) -> Said:
    seen = re.search(r"'(.*)'|\(([^()]*)\)\W*$", problem.message)
    name = (seen[1] or seen[2]) if seen else ""
    commands = tuple(getattr(problem.ctx and problem.ctx.command, "commands", ()))
    if commands:
        said = Text(f"没有“{name}”这个命令", f"there is no command {name!r}")
        return said if name else Text("缺少命令", "a command is missing"), commands
    return Text(f"多出了“{name}”", f"{name!r} is too much") if name else Text(problem.message, problem.message), ()


def _named(param: Any) -> tuple[str, Text]:
    """Return what a parameter is called on the command line, and what it means."""
    option = next((name for name in getattr(param, "opts", ()) if name.startswith("-")), None)
    name = option or getattr(param, "metavar", None) or getattr(param, "name", None) or "?"
    zh, _, en = (getattr(param, "help", None) or name).partition(" / ")
    return name, Text(zh, en or zh)


_SENTENCES = {"NoSuchOption": _no_such_option, "MissingParameter": _missing, "BadParameter": _bad_value,
              "BadOptionUsage": _no_value, "UsageError": _other}
