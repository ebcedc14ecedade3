"""The command `matching`."""

from __future__ import annotations

import sys
from typing import NoReturn

import typer

from matching.cli import exits
from matching.cli.audit import audit
from matching.cli.calls import NO_COMMAND, wrong_call
from matching.cli.check import check
from matching.cli.context import Context, system_lang
from matching.cli.explain import explain
from matching.cli.findings import refuse
from matching.cli.pair import pair
from matching.cli.policy import policy_app
from matching.cli.programmes import programmes
from matching.cli.replan import replan
from matching.cli.roll import roll
from matching.cli.runs import runs_app
from matching.cli.simulate import simulate
from matching.cli.solve import solve
from matching.cli.template import template
from matching.cli.whatif import whatif
from matching.domain.findings import InputError
from matching.domain.text import Lang

INTERRUPTED = 130
"""What the parsing library makes of Ctrl-C."""

app = typer.Typer(
    help="支教教师安置：读工作簿，求最优方案，审计，排序，说明理由。\n\n"
         "Places volunteer teachers: reads a workbook, finds proven best plans, audits, ranks and explains them.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
app.command()(solve)
app.command()(check)
app.command()(template)
app.command()(audit)
app.command()(explain)
app.command()(simulate)
app.command()(replan)
app.command()(roll)
app.command()(whatif)
app.command()(pair)
app.command()(programmes)
app.add_typer(policy_app, name="policy")
app.add_typer(runs_app, name="runs")


def main() -> NoReturn:
    """Run the command line; end with one of the contract's exit codes and never with a traceback."""
    _speak_unicode()
    sys.exit(run(sys.argv[1:]))


def run(words: list[str]) -> int:
    """Run one command line, its words after the program's name; return the exit code."""
    context = _context(words)
    try:
        code = app(words, standalone_mode=False) or exits.DONE
    except InputError as failure:
        return refuse(context, failure)
    except (KeyboardInterrupt, typer.Abort):
        return exits.STOPPED_WITHOUT_PLAN
    except Exception as failure:
        return _failed(context, failure)
    return exits.STOPPED_WITHOUT_PLAN if code == INTERRUPTED else int(code)


def _failed(context: Context, failure: Exception) -> int:
    wrong = wrong_call(failure)
    if wrong is not None and wrong.code == NO_COMMAND and not context.as_json:
        context.warn(*wrong.text)
        return exits.BAD_INPUT
    if wrong is not None:
        return refuse(context, InputError([wrong]))
    context.warn(f"程序出错：{type(failure).__name__}：{failure}",
                 f"The program failed: {type(failure).__name__}: {failure}")
    return exits.FAILED


def _context(words: list[str]) -> Context:
    """Return the context that the words ask for, whether or not they can be parsed."""
    said = " ".join(words).replace("--lang=", "--lang ").split()
    given = said[said.index("--lang") + 1:][:1] if "--lang" in said else []
    lang: Lang = "en" if given == ["en"] else "zh" if given == ["zh"] else system_lang()
    return Context(lang, "--json" in words)


def _speak_unicode() -> None:
    """Print any character on any console: one that it cannot show becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
