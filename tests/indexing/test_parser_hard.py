"""The parser on documents nobody has seen: generated ones with a known truth, and odd small ones.

The generated documents (`eval.policy_generator`) are damaged the way real files are:
wraps, page heads inside sentences and rows, Markdown, odd encodings, mixed families.
"""

from __future__ import annotations

import pytest

from eval.parsing_checks import all_problems, visible_paths
from eval.policy_draft import tight
from eval.policy_generator import HardDocument, hard_document
from indexing.documents import ParsedDocument, read_document
from indexing.errors import CorpusError
from indexing.types import Level

SEEDS = range(200)


def _read(text: str) -> ParsedDocument:
    return read_document(text.encode(), "测试.txt")


def _articles(parsed: ParsedDocument) -> list[str]:
    return [clause.path for clause in parsed.clauses if clause.level is Level.ARTICLE]


def _texts(parsed: ParsedDocument) -> dict[str, str]:
    return {clause.path: tight(clause.text) for clause in parsed.clauses}


def _differences(hard: HardDocument, parsed: ParsedDocument) -> list[str]:
    """What is wrong with the reading of a generated document, most telling first."""
    expected = [clause.path for clause in hard.expected]
    found = visible_paths(parsed)
    out = []
    if found != expected:
        missing = [path for path in expected if path not in found]
        extra = [path for path in found if path not in expected]
        out.append(f"missing {missing[:4]}, extra {extra[:4]}" if missing or extra else "order")
    texts = _texts(parsed)
    bodies = {clause.path: clause.responsible for clause in parsed.clauses}
    for clause in hard.expected:
        if clause.path in texts and texts[clause.path] != clause.text:
            out.append(f"text of {clause.path}: {texts[clause.path][:30]}…{texts[clause.path][-30:]}")
        elif clause.path in texts and clause.responsible and bodies[clause.path] != clause.responsible:
            out.append(f"responsible of {clause.path}: {bodies[clause.path]}")
    if tight(parsed.document.text) != hard.text:
        out.append("the text holds furniture or lost characters")
    return out


@pytest.mark.parametrize("block", range(0, len(SEEDS), 20))
def test_generated_documents_come_out_whole(block: int) -> None:
    """Exact paths, exact texts, 责任单位 and nothing but furniture left out."""
    failures = {}
    for seed in SEEDS[block : block + 20]:
        hard = hard_document(seed)
        parsed = read_document(hard.data, "难.txt")
        problems = _differences(hard, parsed) + all_problems(parsed, hard.data)
        if problems:
            failures[seed] = (hard.shape, problems[:3])
    assert failures == {}


@pytest.mark.parametrize("seed", [3, 40, 77])
def test_reading_a_generated_document_twice_gives_the_same(seed: int) -> None:
    """The same bytes give equal documents, clauses and issues."""
    data = hard_document(seed).data
    assert read_document(data, "a.txt") == read_document(data, "a.txt")


def test_a_quoted_article_at_the_start_of_a_line_is_not_an_article() -> None:
    """A wrapped sentence may put 第五条 first in its line; the sentence goes on."""
    parsed = _read(
        "云岭市社区食堂管理办法\n第一条　为了规范管理，制定本办法。\n"
        "第二条　有下列情形之一，属于本办法\n"
        "第一条规定的情形，并且依照\n第五条第二款的规定办理的，不予补助。\n"
        "第三条　本办法自2024年5月1日起施行。\n"
    )
    assert _articles(parsed) == ["第一条", "第二条", "第三条"]
    assert _texts(parsed)["第二条"].endswith("依照第五条第二款的规定办理的，不予补助。")


def test_a_line_that_can_only_go_on_with_a_sentence_does() -> None:
    """A citation with its 的, a 项 with its 第, an amount in mid-sentence; few lines, no width to measure."""
    texts = _texts(
        _read(
            "湖州市补贴办法\n第一条　为了规范补贴，制定本办法。\n"
            "第二条　申请人应当符合下列条件：\n（一）面积适当；\n"
            "（二）不违反\n第一条的规定；\n（三）明码标价。\n"
            "第三条　甲方负责。\n依照第二条\n第（三）项拨付的补贴，不超过4次。\n"
            "第四条　优化布局。每个街道至少\n1家。\n第五条　本办法自2025年1月1日起施行。\n"
        )
    )
    assert texts["第二条/（二）"] == "（二）不违反第一条的规定；"
    assert texts["第二条/（三）"] == "（三）明码标价。"
    assert texts["第三条/第二款"] == "依照第二条第（三）项拨付的补贴，不超过4次。"
    assert texts["第四条"] == "第四条优化布局。每个街道至少1家。"
    assert "第三条/第三款" not in texts


def test_articles_put_in_later_keep_their_number() -> None:
    """第十二条之一 is an article of its own and no gap."""
    lines = [f"第{n}条　本条规定内容之{i}。" for i, n in enumerate("一二三", 1)]
    lines.insert(2, "第二条之一　有关部门应当及时公开信息。")
    parsed = _read("云岭市信息公开办法\n" + "\n".join(lines) + "\n")
    assert _articles(parsed) == ["第一条", "第二条", "第二条之一", "第三条"]
    assert not parsed.issues


def test_articles_numbered_with_digits_get_canonical_paths() -> None:
    """第 3 条 and 第３条 are addressed as 第三条; the text stays as issued."""
    parsed = _read(
        "云岭市办法\n第 1 条 目的。为了管理。\n第２条 范围。适用本市。\n第 3 条 施行。即日施行。\n"
    )
    assert _articles(parsed) == ["第一条", "第二条", "第三条"]
    assert _texts(parsed)["第二条"] == "第２条范围。适用本市。"


def test_a_table_of_contents_makes_no_chapters() -> None:
    """目录 lists chapters that come later; each chapter exists once, with its articles."""
    parsed = _read(
        "云岭市物业管理条例\n（2019年5月1日云岭市第三届人民代表大会常务委员会第十次会议通过）\n目　录\n"
        "第一章　总则\n第二章　业主\n第三章　附则\n第一章　总则\n第一条　为了规范物业管理，制定本条例。\n"
        "第二条　本条例适用于本市。\n第二章　业主\n第三条　业主享有权利。\n"
        "第三章　附则\n第四条　本条例自2019年7月1日起施行。\n"
    )
    chapters = [clause.path for clause in parsed.clauses if clause.level is Level.CHAPTER]
    assert chapters == ["第一章", "第二章", "第三章"]
    assert _articles(parsed) == ["第一条", "第二条", "第三条", "第四条"]
    assert _texts(parsed)["第二章"] == "第二章业主第三条业主享有权利。"


def test_an_amending_decision_keeps_quoted_articles_inside_its_own() -> None:
    """Articles between “ and ” belong to the law being amended, not to the decision."""
    parsed = _read(
        "云岭市人民代表大会常务委员会关于修改《云岭市物业管理条例》的决定\n"
        "云岭市第三届人民代表大会常务委员会第十次会议决定，对《云岭市物业管理条例》作如下修改：\n"
        "一、将第三条修改为：\n“第三条　业主享有下列权利：\n（一）参加会议；\n（二）提出建议。”\n"
        "二、增加一条，作为第十二条：\n“第十二条　物业服务人应当公开信息。”\n"
        "三、删去第二十条。\n本决定自2024年5月1日起施行。\n"
    )
    assert _articles(parsed) == []
    headings = [clause.path for clause in parsed.clauses if clause.level is Level.HEADING1]
    assert headings == ["一", "二", "三"]
    assert "（二）提出建议。”" in _texts(parsed)["一"]


def test_a_law_with_its_adoption_line() -> None:
    """Header lines of 通过 and 修正 do not disturb the articles; 第十条 after 第九条."""
    body = "\n".join(f"第{n}条　有关部门应当依法履行职责。" for n in "一二三四五六七八九十")
    parsed = _read(
        "# 上海口岸服务条例\n2011年11月17日 上海市第十三届人民代表大会常务委员会第三十次会议通过\n"
        "2020年5月14日 上海市第十五届人民代表大会常务委员会第二十一次会议《关于修改的决定》第一次修正\n"
        f"## 第一章 总则\n{body}\n"
    )
    assert _articles(parsed) == [f"第{n}条" for n in "一二三四五六七八九十"]
    assert parsed.document.metadata.title == "上海口岸服务条例"
    assert parsed.document.metadata.document_number is None
    assert parsed.document.metadata.jurisdiction == "310000"


def test_items_between_two_paragraphs_hang_below_the_first() -> None:
    """With a paragraph after the list, the article has two 款 and the items belong to the first."""
    parsed = _read(
        "云岭市补助办法\n第一条　符合下列条件的，给予补助：\n（一）依法登记；\n（二）运营满一年。\n"
        "补助标准由市财政局另行制定。\n第二条　本办法自发布之日起施行。\n"
    )
    paths = visible_paths(parsed)
    assert paths[paths.index("第一条") :] == [
        "第一条",
        "第一条/第一款",
        "第一条/第一款/（一）",
        "第一条/第一款/（二）",
        "第一条/第二款",
        "第二条",
    ]


def test_two_normative_texts_with_the_same_numbers_stay_apart() -> None:
    """Each annex has its own 第一条; paths begin with the part."""
    article = "第一条　为了规范管理，制定本办法。\n第二条　本办法自发布之日起施行。\n"
    parsed = _read(
        "云岭市民政局关于印发两个办法的通知\n云民发〔2024〕3号\n各区县民政局：\n现将两个办法印发给你们，请遵照执行。\n"
        "附件：1. 云岭市甲办法\n2. 云岭市乙办法\n云岭市民政局\n2024年4月1日\n"
        f"附件1\n云岭市甲办法\n{article}附件2\n云岭市乙办法\n{article}"
    )
    assert _articles(parsed) == ["附件1/第一条", "附件1/第二条", "附件2/第一条", "附件2/第二条"]
    assert parsed.document.metadata.attachments == ("云岭市甲办法", "云岭市乙办法")


def test_notice_with_orders_of_its_own_is_the_body() -> None:
    """一、 in the notice takes no prefix, 一、 in its annex takes 附件1."""
    parsed = _read(
        "云岭市民政局关于做好社区食堂工作的通知\n云民发〔2024〕4号\n各区县民政局：\n现就有关事项通知如下：\n"
        "一、提高认识\n各单位要高度重视。\n二、抓好落实\n各单位要按时报送。\n"
        "附件：1. 云岭市社区食堂工作方案\n"
        "云岭市民政局\n2024年4月2日\n附件1\n云岭市社区食堂工作方案\n一、总体目标\n建成三个食堂。\n二、保障措施\n加强资金保障。\n"
    )
    paths = visible_paths(parsed)
    assert [p for p in paths if p.split("/")[-1] in ("一", "二")] == ["一", "二", "附件1/一", "附件1/二"]


def test_a_heading_without_anything_below_is_still_a_clause() -> None:
    """A document of headings alone keeps each heading."""
    parsed = _read("云岭市社区食堂工作要点\n一、加强领导\n二、落实责任\n三、强化督查\n")
    assert [c.path for c in parsed.clauses if c.level is Level.HEADING1] == ["一", "二", "三"]


def test_a_row_cut_by_a_page_is_one_row_again() -> None:
    """Cell text goes on below the running head and the repeated header; the row is rejoined."""
    head = "云岭市民政局行政规范性文件"
    parsed = _read(
        "云岭市民政局关于印发任务清单的通知\n云民发〔2024〕5号\n各区县民政局：\n现将任务清单印发给你们，请抓好落实。\n"
        "附件：1. 任务清单\n云岭市民政局\n2024年4月3日\n附件1\n任务清单\n序号\t任务\t责任单位\n"
        f"1\t建设社区食堂并定期\t市民政局\n\n{head}\n\n序号\t任务\t责任单位\n\t公布运营情况。\t\n2\t开展评估。\t市财政局\n\n"
        f"{head}\n\n序号\t任务\t责任单位\n3\t公开结果。\t市民政局\n"
    )
    texts = _texts(parsed)
    assert texts["附件1/1"] == "1建设社区食堂并定期公布运营情况。市民政局"
    assert texts["附件1/3"] == "3公开结果。市民政局"
    assert head not in parsed.document.text


@pytest.mark.parametrize("text", ["", "   \n\t\n", "\ufeff", "。，；！？\n——\n"])
def test_blank_text_is_refused_in_one_sentence(text: str) -> None:
    """Nothing to read is a CorpusError whose message names the file."""
    with pytest.raises(CorpusError, match=r"空\.txt"):
        read_document(text.encode(), "空.txt")


def test_binary_data_is_refused() -> None:
    """A file that is no text is an UnreadableDocument, not garbage clauses."""
    with pytest.raises(CorpusError, match=r"图\.txt"):
        read_document(bytes(range(256)) * 20, "图.txt")


@pytest.mark.parametrize(
    "text",
    [
        "The quick brown fox.\nArticle 1 Nothing here is Chinese.\n\nArticle 2 The end.\n",
        "今天天气很好。\n我们去公园玩。\n",
        "😀😀\n第一条　😀。\n",
        "1. one\n2. two\n（一）x\n",
        "第\n条\n第 条\n章\n第一\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "'; DROP TABLE clauses; --\n<script>alert(1)</script>\n",
        "第九百九十九条　孤立的一条。\n",
        "（一）\n（一）\n（一）\n第一条\n第一条\n",
    ],
)
def test_odd_text_keeps_the_promises_or_is_refused(text: str) -> None:
    """English, chatter, emoji, lone marks: properties hold, or one clear sentence refuses."""
    data = text.encode()
    try:
        problems = all_problems(read_document(data, "怪.txt"), data)
    except CorpusError as error:
        problems = [] if "怪.txt" in str(error) else [f"the file is not named: {error}"]
    assert problems == []
