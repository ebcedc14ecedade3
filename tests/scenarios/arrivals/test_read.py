"""Files of rates: what they say, and every mistake in them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from matching.domain.findings import InputError
from matching.scenarios.arrivals.model import Arrivals, Band, Distance, Wish
from matching.scenarios.arrivals.read import model_of, read_arrivals, uniform

WHOLE = """
rate = 0.97
mean = "96.3%"

[[group]]
when = "stages = 学前"
rate = 26/27

[[odds]]
when = ["age >= 45", "gender = 女"]
times = 0.7

[distance]
per_100_km = 0.8
bands = [{ up_to = 50, times = 1.2 }, { up_to = 150.5, times = 1 }, { times = 0.6 }]

[wish]
first = 2
none = 0.5

[reserve]
times = 0.5
""".replace("26/27", '"26/27"')


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "rates.toml"
        path.write_text(text, encoding="utf-8")
        return path
    return write


def codes(call, *args):
    with pytest.raises(InputError) as found:
        call(*args)
    assert all(f.text.zh and f.text.en and f.severity == "error" for f in found.value.findings)
    return [(f.code, f.column) for f in found.value.findings]


def test_a_whole_file_is_read_exactly(written):
    model = read_arrivals(written(WHOLE))
    assert (model.rate, model.mean, model.reserve) == (Fraction(97, 100), Fraction(963, 1000), Fraction(1, 2))
    assert [(g.when[0].text, g.rate) for g in model.groups] == [("stages = 学前", Fraction(26, 27))]
    assert [(len(o.when), o.times) for o in model.odds] == [(2, Fraction(7, 10))]
    bands = (Band(Fraction(50), Fraction(6, 5)), Band(Fraction(301, 2), Fraction(1)), Band(None, Fraction(3, 5)))
    assert model.distance == Distance(Fraction(4, 5), bands)
    assert model.wish == Wish(first=Fraction(2), none=Fraction(1, 2))
    assert not model.uniform


@pytest.mark.parametrize("given", ["0.963", "96.3%", ".963", 0.963, Fraction(963, 1000)])
def test_one_rate_is_read_from_a_number_or_a_text(given):
    assert uniform(given) == Arrivals(Fraction(963, 1000))
    assert uniform(given).uniform


@pytest.mark.parametrize("given", ["1.2", "-0.1", "120%", 2, "NaN", "", "many", None, True])
def test_a_rate_outside_0_to_1_is_refused_with_what_is_possible(given):
    assert codes(uniform, given)[0][0] in ("not_a_rate", "not_a_number")


def test_the_rate_beside_a_file_is_the_mean(written):
    assert model_of("0.9", written("rate = 0.8")) == Arrivals(Fraction(4, 5), Fraction(9, 10))
    assert model_of(None, written("rate = 0.8")) == Arrivals(Fraction(4, 5))
    assert model_of("0.9", None) == Arrivals(Fraction(9, 10))
    assert codes(model_of, None, None) == [("no_rate", None)]


@pytest.mark.parametrize(("text", "code", "column"), [
    ("rate = 1.01", "not_a_rate", "rate"),
    ("rate = -1", "not_a_rate", "rate"),
    ("mean = 2\nrate = 0.5", "not_a_rate", "mean"),
    ('rate = "much"', "not_a_number", "rate"),
    ("", "missing_key", "rate"),
    ("rates = 0.9", "unknown_key", "rates"),
    ("rate = 0.9\n[[group]]\nrate = 0.5", "missing_key", "group[1]"),
    ('rate = 0.9\n[[group]]\nwhen = "stage = 学前"\nrate = 0.5', "unknown_field", "group[1].when"),
    ('rate = 0.9\n[[group]]\nwhen = "stages = 学钱"\nrate = 0.5', "bad_value", "group[1].when"),
    ('rate = 0.9\n[[group]]\nwhen = "stages = 学前"\nrate = 5', "not_a_rate", "group[1].rate"),
    ('rate = 0.9\n[[odds]]\nwhen = "km > 50"\ntimes = 0', "not_above_zero", "odds[1].times"),
    ('rate = 0.9\n[[odds]]\nwhen = "km > 50"\nby = 2', "missing_key", "odds[1]"),
    ("rate = 0.9\n[group]\nrate = 1", "not_a_list", "group"),
    ("rate = 0.9\ndistance = 3", "not_a_table", "distance"),
    ("rate = 0.9\n[distance]\nslope = 3", "unknown_key", "distance.slope"),
    ("rate = 0.9\n[distance]\nbands = 3", "not_a_list", "distance.bands"),
    ("rate = 0.9\n[distance]\nbands = [{ up_to = 50 }]", "missing_key", "distance.bands"),
    ("rate = 0.9\n[distance]\nbands = [{ times = 1 }, { up_to = 5, times = 1 }]", "bands_order", "distance.bands"),
    ("rate = 0.9\n[wish]\nfourth = 3", "unknown_key", "wish.fourth"),
    ("rate = 0.9\n[reserve]\ntimes = -2", "not_above_zero", "reserve.times"),
    ("rate = ", "not_toml", None),
])
def test_every_mistake_is_a_finding(written, text, code, column):
    assert (code, column) in codes(read_arrivals, written(text))


def test_all_mistakes_are_told_at_once(written):
    assert len(codes(read_arrivals, written("rate = 3\nmean = 4\n[wish]\nfirst = 0"))) == 3


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path):
    assert codes(read_arrivals, tmp_path / "none.toml") == [("unreadable", None)]
    assert codes(read_arrivals, tmp_path) == [("unreadable", None)]
    (tmp_path / "gbk.toml").write_bytes('rate = 0.9 # 到岗'.encode("gbk"))
    assert codes(read_arrivals, tmp_path / "gbk.toml") == [("not_utf8", None)]
