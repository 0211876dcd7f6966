"""Every fixed sentence loads, and its gaps are filled exactly."""

import re

import pytest

from prompts.library import TemplateError, fill, frames, read_templates


def test_every_frame_fills():
    """Each shipped frame takes its own fields and leaves no gap."""
    for name, template in frames().items():
        filled = fill(name, **dict.fromkeys(template.fields, "甲"))
        assert not re.search(r"[{}]", filled), name


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ('[a]\ntext = "{place}：{quote}"\nfields = ["place"]', "a: text has"),
        ('[a]\ntext = "{place}"\nfields = ["place", "quote"]', "a: text has"),
        ('[a]\ntext = "x"', "needs exactly text and fields"),
        ("[a\n", "not TOML"),
    ],
)
def test_a_wrong_template_is_named(source, complaint):
    """Unknown and missing placeholders are our mistake and stop the load."""
    with pytest.raises(TemplateError, match=complaint):
        read_templates(source)


def test_wrong_values_are_named():
    """Filling says what is missing and what is too much."""
    with pytest.raises(TemplateError, match=r"missing \['place'\], unknown \['city'\]"):
        fill("no_city", city="广州市")
    with pytest.raises(TemplateError, match="no frame named"):
        fill("no_such_frame")


def test_values_are_put_in_as_they_are():
    """Braces in a quote are text, not another gap."""
    assert fill("statement", place="北京市", quote="{place}%s") == "北京市：{place}%s"
