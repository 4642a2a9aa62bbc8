"""The geometry of charts, and what they say to those who do not see them."""

import re
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from sites.assistance.reports.charts import LETTERS, PATTERNS, BarChart, MonthChart, chart, number
from sites.assistance.reports.figure import Figure, Row
from sites.assistance.reports.figures import BECAME


def bars(*values, unit: str = "") -> Figure:
    rows = tuple(Row(str(n), f"Kind {n}", value, unit=unit) for n, value in enumerate(values))
    return Figure("kinds", "By kind", "requests", "Counted.", rows)


def months(count: int, *values: int) -> Figure:
    names = ["January", "February", "March"]
    rows = [
        Row(f"{n}.{m}", f"{names[n % 3]} {2026 + n // 3}", value, part=f"Part {m}")
        for n in range(count)
        for m, value in enumerate(values)
    ]
    return Figure("by_month", "By month", "requests", "Counted.", tuple(rows))


def drawn(figure: Figure) -> str:
    found = chart(figure)
    assert found is not None
    return render_to_string(found.template, {"chart": found})


def test_bars_are_as_long_as_their_share_of_the_largest():
    found = chart(bars(8, 4, 0, 1))
    assert isinstance(found, BarChart)
    assert [(bar.value, bar.width) for bar in found.bars] == [("8", 100.0), ("4", 50.0), ("1", 12.5)]


def test_nothing_is_drawn_of_nothing():
    assert chart(bars(0, None)) is None and chart(months(3, 0)) is None


def test_values_in_another_unit_are_not_drawn():
    assert chart(bars(3, unit="percent")) is None


def test_of_many_the_smallest_are_told_together_without_a_bar():
    found = chart(bars(*range(20, 0, -1)))
    assert isinstance(found, BarChart) and len(found.bars) == 13
    last = found.bars[-1]
    assert (last.lines[0][1], last.value, last.width) == ("8 others together", "36", None)


def test_no_line_of_letters_runs_into_its_number():
    long = Figure("x", "X", "requests", "", (Row("a", "Health, behavioral health or human services", 1),))
    found = chart(long)
    assert isinstance(found, BarChart)
    assert all(len(line) <= LETTERS for bar in found.bars for _, line in bar.lines)
    assert found.height >= found.bars[-1].top


def test_the_parts_of_a_column_stand_on_each_other_and_end_at_the_scale():
    found = chart(months(3, 2, 0, 3))
    assert isinstance(found, MonthChart)
    assert [value for _, value in found.ticks] == [0, 1, 2, 3, 4, 5]
    [low, high] = found.columns[0].pieces
    assert low.top + low.height == found.floor and high.top + high.height == pytest.approx(low.top)
    assert high.top == found.ticks[-1][0] and found.columns[0].total == "5"
    assert (low.pattern, high.pattern) == (1, 3)


@pytest.mark.parametrize("count", [1, 12, 13, 60, 240])
def test_columns_of_any_number_of_months_stay_within_the_picture(count):
    found = chart(months(count, 1, 1))
    assert isinstance(found, MonthChart)
    assert found.columns[0].x >= found.left and found.columns[-1].x + found.columns[-1].width <= 100
    assert 1 <= sum(bool(column.label) for column in found.columns) <= 12


@pytest.mark.parametrize("largest", [1, 3, 7, 26, 99, 101, 1234, 99_999])
def test_the_scale_has_few_whole_numbers_and_reaches_over_the_largest(largest):
    found = chart(months(1, largest))
    assert isinstance(found, MonthChart)
    values = [value for _, value in found.ticks]
    assert values[-1] >= largest and len(values) <= 6 and values == sorted(set(values))


def test_there_is_a_pattern_for_each_thing_that_can_become_of_a_request():
    assert len(BECAME) <= PATTERNS
    patterns = render_to_string("assistance/admin/report/patterns.html")
    assert re.findall(r'id="pattern-(\d)"', patterns) == [str(n + 1) for n in range(PATTERNS)]


@pytest.mark.parametrize("figure", [bars(3, 1), months(2, 1, 2)])
def test_a_chart_is_one_picture_with_a_title_and_its_numbers_in_words(figure):
    page = drawn(figure)
    svg = ElementTree.fromstring(f"<div>{page}</div>").find("svg")
    assert svg is not None and svg.get("role") == "img"
    title, said = svg.find("title"), svg.find("desc")
    assert title is not None and said is not None
    assert svg.get("aria-labelledby") == f"{title.get('id')} {said.get('id')}"
    assert title.text == f"Chart: {figure.title}"
    assert said.text in ("Requests: Kind 0 3, Kind 1 1.", "Requests: January 2026 3, February 2026 3.")
    assert "style=" not in page


def test_words_in_a_chart_are_never_markup():
    page = drawn(Figure("x", "<b>", "requests", "", (Row("a", "<script>&", 1),)))
    assert "<script>" not in page and "&lt;script&gt;&amp;" in page


def test_numbers_are_written_for_people():
    assert [number(value) for value in (None, 0, 1234, 66.7)] == ["–", "0", "1,234", "66.7"]
