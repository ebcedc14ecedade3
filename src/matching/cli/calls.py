"""What is wrong with a call, in both languages: the library that parses the command line speaks English only."""

from __future__ import annotations

import re
from typing import Any

from matching.domain.findings import Finding, error
from matching.domain.text import Text


def wrong_call(problem: Exception) -> Finding | None:
    """Return what is wrong with the call; None where `problem` is something else.

    Classes are told by their names, since where they live depends on the version of typer.
    """
    kinds = [kind.__name__ for kind in type(problem).__mro__]
    if "UsageError" not in kinds:
        return None
    context: Any = getattr(problem, "ctx", None)
    if "NoArgsIsHelpError" in kinds:
        return error("no_command", context.get_help(), context.get_help())
    say = next(_SENTENCES[kind] for kind in kinds if kind in _SENTENCES)
    text, suggest = say(problem)
    usage = f"{context.command_path} --help" if context else "matching --help"
    return error("wrong_call", f"{text.zh}；用法见 {usage}", f"{text.en}; see {usage}", suggest=suggest)


Said = tuple[Text, tuple[str, ...]]


def _no_such_option(problem: Any) -> Said:
    name = problem.option_name
    return Text(f"没有 {name} 这个选项", f"there is no option {name}"), tuple(problem.possibilities or ())


def _missing(problem: Any) -> Said:
    name = _name(problem.param)
    return Text(f"缺少 {name}", f"{name} is missing"), ()


def _bad_value(problem: Any) -> Said:
    name = _name(problem.param)
    zh, _, en = (getattr(problem.param, "help", None) or name).partition(" / ")
    return Text(f"{name} 的值不对（{zh}）", f"the value of {name} will not do ({en or zh})"), ()


def _no_value(problem: Any) -> Said:
    name = problem.option_name
    return Text(f"选项 {name} 后面缺少值，或者多了值", f"the option {name} lacks a value, or takes none"), ()


def _other(problem: Any) -> Said:
    seen = re.search(r"'(.*)'|\((.*)\)", problem.message)
    name = (seen[1] or seen[2]) if seen else ""
    commands = tuple(getattr(problem.ctx and problem.ctx.command, "commands", ()))
    if not name:
        return Text("缺少命令", "a command is missing") if commands else Text(problem.message, problem.message), commands
    if commands:
        return Text(f"没有“{name}”这个命令", f"there is no command {name!r}"), commands
    return Text(f"多出了“{name}”", f"{name!r} is too much"), ()


def _name(param: Any) -> str:
    option = next((name for name in getattr(param, "opts", ()) if name.startswith("-")), None)
    return option or getattr(param, "metavar", None) or getattr(param, "name", None) or "?"


_SENTENCES = {"NoSuchOption": _no_such_option, "MissingParameter": _missing, "BadParameter": _bad_value,
              "BadOptionUsage": _no_value, "UsageError": _other}
