"""The folder of a simulation over years."""

import re
from dataclasses import replace

import pytest

from matching.report.years import write_roll
from matching.report.years.charts import HEIGHT, chart
from matching.report.years.page import page
from matching.scenarios.years import Ledger, roll
from matching.scenarios.years.load import school_loads, teacher_loads, times_served
from tests.scenarios.years.cases import base, town


@pytest.fixture(scope="module")
def made():
    instance = town(teachers=3, term=2.0)
    first = instance.teachers[0]._replace(name="<b>&甲")
    return roll(replace(instance, teachers=(first, *instance.teachers[1:])), base(), years=3, ledger=Ledger())


def test_the_folder_is_whole_and_equal_each_time(made, tmp_path):
    for name in ("one", "two"):
        write_roll(tmp_path / name, made, "zh")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name
    with pytest.raises(FileExistsError):
        write_roll(tmp_path / "one", made, "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_closed_in_itself_and_of_one_language(made, lang):
    text = page(made, lang)
    assert not re.search(r"https?://(?!www\.w3\.org)", text)
    assert "<b>" not in text
    words = re.sub(r"<style>.*?</style>|S\d学校", "", text, flags=re.DOTALL).replace("基本规则", "")
    assert bool(re.search(r"[\u4e00-\u9fff]", words)) == (lang == "zh")


def test_loads_add_up(made):
    assert sum(load.times for load in teacher_loads(made)) == made.begun == 2
    town_school, village = school_loads(made)
    assert (town_school.sent, village.received) == (2, 2)
    assert town_school.sent_years == village.received_years == sum(y.filled for y in made.years) == 3
    assert times_served(made) == (1, 2)


def test_columns_of_a_chart_stand_on_one_another():
    drawn = chart("x", ["1", "2"], [("a", [1, 2]), ("b", [3, 0])])
    first, second = drawn.columns
    assert drawn.top == 4
    assert [box.height for box in first.boxes] == [HEIGHT / 4, HEIGHT * 3 / 4]
    assert first.boxes[1].y == 0
    assert second.told == "2: a 2 · b 0"
    assert chart("x", [], [("a", [])]).columns == ()
