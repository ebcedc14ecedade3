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
    found = presets()
    if context.as_json:
        context.answer({"presets": [{"id": key, **title._asdict()} for key, title in found.items()]})
        return
    width = max(map(len, found))
    for key, title in found.items():
        context.say(f"{key:{width}}  {title.zh}", f"{key:{width}}  {title.en}")


@policy_app.command()
def show(name: PolicyName, lang: LangOption = None, as_json: JsonOption = False) -> None:
    """展示一份政策，每行注明出处 / print a policy, each line with its source."""
    from matching.policy import show as lines

    context = Context.of(lang, as_json)
    _print(context, "policy", lines(name, context.lang))


@policy_app.command()
def diff(first: PolicyName, second: PolicyName, lang: LangOption = None, as_json: JsonOption = False) -> None:
    """比较两份政策 / print what differs between two."""
    from matching.policy import diff as lines

    context = Context.of(lang, as_json)
    found = lines(first, second, context.lang)
    _print(context, "diff", found)
    if not found:
        context.say("两份政策没有差别。", "The two policies do not differ.")


def _print(context: Context, key: str, lines: list[str]) -> None:
    if context.as_json:
        context.answer({key: lines})
        return
    for line in lines:
        context.out.print(line, markup=False, soft_wrap=True)
