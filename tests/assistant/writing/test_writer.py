"""What stands in a statement beside the sentence that answers."""

from assistant.service import PolicyAssistant
from indexing.settings import load_settings

NOTICE = (
    "绍兴市民政局关于助餐补贴的通知\n绍民发〔2025〕8号\n各区县民政局：\n"
    "一、标准\n助餐点每年补贴3万元。但当年歇业的除外。逾期未申报的，不再受理。公示在官网。\n"
    "但另有约定的，从其约定。\n绍兴市民政局\n2025年3月1日\n"
)


def test_a_proviso_stands_with_what_it_limits(tmp_path):
    """In its own line only; the next paragraph is another rule."""
    (tmp_path / "通知.txt").write_text(NOTICE, encoding="utf-8")
    assistant = PolicyAssistant.open(load_settings({"home": tmp_path / "home"}))
    assistant.index.add([tmp_path / "通知.txt"], lambda report: None)
    (statement,) = assistant.ask("绍兴助餐点每年补贴多少？").statements
    assistant.index.close()
    assert statement.text.endswith("：助餐点每年补贴3万元。但当年歇业的除外。逾期未申报的，不再受理。")
    assert "".join(citation.quote for citation in statement.citations) == statement.text.partition("：")[2]
