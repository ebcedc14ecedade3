"""What commands that write a folder of results keep of it, and of who asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from matching.cli.context import Context
from matching.cli.findings import show_findings
from matching.domain.findings import InputError, error

WhoOption = Annotated[str | None, typer.Option(
    "--who", metavar="NAME",
    help="经办人，随运行记下；缺省为登录名，空串不记 / who, kept with the run; the login name by default, '' for none")]
WhyOption = Annotated[str | None, typer.Option("--why", help="缘由，随运行记下 / why, kept with the run")]


def check_store(folder: Path) -> None:
    """Refuse a folder beside a store that is damaged, before work that may take long; a store is not needed.

    Raises
    ------
    InputError
        Where the store in which the run would be recorded is not as it was written, wherever in it.
    """
    from matching.store import damage

    found = damage(folder.parent)
    if found:
        raise InputError(found)


def record(context: Context, folder: Path, command: str, who: str | None, why: str | None,
           summary: Mapping[str, Any] | None = None) -> None:
    """Append a run whose folder is written to the store beside it; where that fails, say so, and the run stays.

    Parameters
    ----------
    command : what wrote the folder: solve, whatif and so on
    summary : what else is to be kept; plain JSON, of teachers nothing but ids
    """
    from matching.store import record_run
    from matching.store.run_findings import not_kept
    from matching.store.who import who_now

    try:
        record_run(folder, command, who=who_now(who), why=why, summary=summary)
    except InputError as problem:
        show_findings([not_kept(folder, finding) for finding in problem.findings], context.lang, context.err)
    except (OSError, TypeError, ValueError) as problem:
        found = error("not_kept", str(problem), str(problem))
        show_findings([not_kept(folder, found)], context.lang, context.err)
