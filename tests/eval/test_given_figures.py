"""A list of figures held against what is read."""

import json

import pytest

from eval.cases import CasesError
from eval.given_figures import given, main, read_shipped, score

ROWS = [
    {"rule": "GJ-06", "op": ">=", "value": "30", "unit": "㎡/百户"},
    {"rule": "BJ-21", "op": "range", "value": "3–6", "unit": "岁"},
    {"rule": "HZ-38", "op": "=", "value": "2024-04-08", "unit": "日期"},
]


def test_days_are_left_out_and_units_are_those_of_the_norms():
    """What is listed becomes what is read."""
    listed = given(json.dumps(ROWS))
    assert listed == (("000000", "≥", "30", "平方米"), ("110000", "range", "3-6", "岁"))


def test_missed_and_unlisted_figures_are_told():
    """A figure printed twice counts once."""
    one, two, three = (("1", "=", str(number), "个") for number in (1, 2, 3))
    found = score([one, two], [two, three, three])
    assert (found.missed, found.unlisted, found.read) == ((one,), (three,), 2)


def test_the_shipped_documents_are_read():
    """Both listed ones are there."""
    assert not score(given(json.dumps(ROWS)), read_shipped()).missed


def test_a_list_of_another_form_is_told(tmp_path, capsys):
    """One sentence; a right one gives recall and precision."""
    with pytest.raises(CasesError, match="不是规定的格式"):
        given('[{"rule": "GJ-06"}]')
    file = tmp_path / "figures.json"
    file.write_text(json.dumps(ROWS), "utf-8")
    assert main([str(file)]) == 0
    assert capsys.readouterr().out.startswith("清单 2 个，读出 2 个（召回率 100.0%）")
