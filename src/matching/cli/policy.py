"""`matching policy`: the presets, a policy in full, and what differs between two."""

from __future__ import annotations

from typing import Annotated

import typer

from matching.cli.context import Context, JsonOption, LangOption

policy_app = typer.Typer(help="政策：列出、展示、比较 / policies: list, show, compare", no_args_is_help=True,
                         rich_markup_mode=None)
PolicyName = Annotated[str, typer.Argument(metavar="POLICY", help="预置政策编号或 TOML 文件 / a preset's id or a file")]


@policy_app.command("list")
def list_presets(lang: LangOption = None, as_json: JsonOption = False) -> None:
    """列出预置政策 / list the presets."""
    from matching.policy import presets

    context = Context.of(lang, as_json)
    if context.as_json:
        return context.answer({"presets": [{"id": k, "zh": t.zh, "en": t.en} for k, t in presets().items()]})
    width = max(map(len, presets()))
    for key, title in presets().items():
        context.say(f"{key:{width}}  {title.zh}", f"{key:{width}}  {title.en}")
    return None


@policy_app.command()
def show(name: PolicyName, lang: LangOption = None, as_json: JsonOption = False) -> None:
    """展示一份政策的全文，每行注明出处 / print a policy in full, each line with the file it came from."""
    from matching.policy import show as lines

    _print(Context.of(lang, as_json), "policy", list(lines(name)))


@policy_app.command()
def diff(first: PolicyName, second: PolicyName, lang: LangOption = None, as_json: JsonOption = False) -> None:
    """比较两份政策 / print what differs between two policies."""
    from matching.policy import diff as lines

    _print(Context.of(lang, as_json), "diff", list(lines(first, second)))


def _print(context: Context, key: str, lines: list[str]) -> None:
    if context.as_json:
        context.answer({key: lines})
        return
    for line in lines:
        context.out.print(line, markup=False, soft_wrap=True)
