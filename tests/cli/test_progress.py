"""The board of progress."""

import pytest
from rich.console import Console

from matching.cli.progress import Board
from matching.engines import Progress


@pytest.mark.parametrize(("lang", "words"), [("zh", ("当前值", "补足岗位")), ("en", ("value", "Seats filled"))])
def test_the_latest_of_each_plan_is_shown(lang, words):
    board = Board(lang)
    board.tell("main", Progress("fill", None, 1400, None, 0.2))
    board.tell("main", Progress("fill", 1348, 1400, 52 / 1348, 1.5))
    board.tell("nearest", Progress("points", 10, 9, 0.1, 0.1))
    console = Console(width=120)
    with console.capture() as captured:
        console.print(board)
    shown = captured.get()
    assert [word for word in (*words, "1,348", "3.8576%", "nearest") if word not in shown] == []
    assert len(shown.splitlines()) == 3
