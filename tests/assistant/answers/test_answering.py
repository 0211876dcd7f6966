"""Answers: cited, partial, or refused, on the shipped documents."""

import time
from datetime import date

import pytest

from assistant.answers.answering import answer_question
from assistant.library import Library
from assistant.questions.scopes import Desk
from assistant.types import Answer, AnswerStatus, Statement
from assistant.writing.citing import cite
from indexing.documents import read_document
from indexing.types import ClauseHit, Focus, SearchFilter, SearchMode
from indexing.units import in_force

AS_OF = date(2026, 1, 1)
NO_FILTER = SearchFilter()
MAIN = "北京市对社区嵌入式服务设施项目补助多少？"


def cited(answer: Answer) -> list[tuple[str, str]]:
    """(doc_id, path) of every citation, in order."""
    return [(c.doc_id, c.path) for statement in answer.statements for c in statement.citations]


def test_the_main_question(ask):
    """A newcomer's question is answered with 第二十三条 and its sentence quoted."""
    answer = ask(MAIN)
    assert answer.status is AnswerStatus.ANSWERED
    assert cited(answer) == [("京发改规[2025]1号", "第二十三条")]
    quote = answer.statements[0].citations[0].quote
    assert "给予30%工程总投资补助" in quote
    assert "不超过5000万元" in quote
    assert answer.missing == ()


def test_every_quote_is_verbatim(ask, library):
    """Whatever is asked, a quote is the document's own text at its span."""
    for question in (
        MAIN,
        "各市对服务功能数量的要求分别是什么？",
        "重庆对申报方案有什么要求？",
        "附件1-1第21项",
    ):
        for statement in ask(question).statements:
            for citation in statement.citations:
                text = library.document(citation.doc_id).text
                assert citation.quote == text[citation.start : citation.end]


def test_the_same_question_has_the_same_answer(ask):
    """No chance anywhere."""
    first, second = ask(MAIN), ask(MAIN)
    assert (first.statements, first.hits) == (second.statements, second.hits)


@pytest.mark.parametrize(
    "question",
    [
        "北京市對社區嵌入式服務設施項目補助多少？",
        "<b>北京市</b>对社区嵌入式服务设施项目补助多少？",
        "北京市\ud83d对社区嵌入式服务设施项目补助多少？",
        "　北京市对社区嵌入式服务设施项目补助多少　",
        "{0}%s 北京市对社区嵌入式服务设施项目补助多少",
    ],
)
def test_odd_forms_of_the_main_question(question, ask):
    """Traditional characters, HTML, a surrogate, spaces and format strings are only text."""
    assert cited(ask(question)) == [("京发改规[2025]1号", "第二十三条")]


@pytest.mark.parametrize(
    "question", ["", " ", "？！", "😀", "\ud800", "'; DROP TABLE clause; --", "<script>x</script>", "①②"]
)
def test_nonsense_is_refused_with_a_sentence(question, ask):
    """Nothing is guessed from nothing."""
    answer = ask(question)
    assert (answer.status, answer.statements) == (AnswerStatus.NO_BASIS, ())
    assert answer.missing
    answer.question.encode("utf-8")


@pytest.mark.parametrize(
    "question", ["啊" * 100_000, "北京补助多少，" * 15_000, "《" * 100_000, "1条" * 50_000]
)
def test_a_hundred_thousand_characters_end_soon(question, ask):
    """The reader is told that the text was cut."""
    ask(MAIN)
    started = time.process_time()
    answer = ask(question)
    assert time.process_time() - started < 30  # wide: what it guards against takes minutes
    assert answer.missing[0].startswith("问题超过2000字")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("广州市对社区嵌入式服务设施项目补助多少？", "库内没有广州市的政策文件"),
        ("浙江省对社区嵌入式服务设施怎么规定？", "库内没有浙江省一级的政策文件，只有其下杭州市的文件"),
        ("发改社会〔2024〕5号规定了哪些设计标准？", "发改社会〔2024〕5号被库内文件引用，但不在库中"),
        ("国发〔2021〕30号的主要内容是什么？", "国发〔2021〕30号不在库中"),
        ("京发改规〔2025〕1号第九十九条说了什么？", "京发改规〔2025〕1号中没有第九十九条"),
        ("京发改规〔2025〕1号第七条第九款说了什么？", "第七条共4款，没有第七条第九款"),
        ("杭州对社区嵌入式服务设施项目补助多少？", "杭州市：库内文件中未找到"),
    ],
)
def test_refusals_say_why(question, said, ask):
    """City, document, clause or figure not there: one sentence each, no statement."""
    answer = ask(question)
    assert (answer.status, answer.statements) == (AnswerStatus.NO_BASIS, ())
    assert any(said in sentence for sentence in answer.missing)


def test_nearest_clauses_stand_beside_a_refusal(ask):
    """杭州 is silent on amounts; its own clauses are shown as nearest."""
    answer = ask("杭州对社区嵌入式服务设施项目补助多少？")
    assert 0 < len(answer.hits) <= 10
    assert {hit.clause.doc_id for hit in answer.hits} == {"杭政办函[2024]11号"}


def test_the_nation_speaks_where_the_city_is_silent(ask):
    """PARTIAL, marked 国家层面, with the silence in `missing`."""
    answer = ask("上海对每百户居民社区综合服务设施面积有多少平方米的要求？")
    assert answer.status is AnswerStatus.PARTIAL
    assert answer.statements[0].text.startswith("国家层面：")
    assert cited(answer)[0] == ("国办函[2023]121号", "二/（一）")
    assert "上海市的库内文件中未找到" in answer.missing[0]


def test_each_of_two_cities_is_heard(ask):
    """One statement a city, and the city without a document is named."""
    both = ask("北京和重庆对服务功能数量分别要求不少于几项？")
    assert {doc_id for doc_id, _ in cited(both)} == {"京发改规[2025]1号", "渝发改规范[2024]10号"}
    half = ask("北京和广州的补助分别是多少？")
    assert half.status is AnswerStatus.PARTIAL
    assert half.missing == ("库内没有广州市的政策文件，无法回答；加入当地文件后可再问。",)


def test_part_of_a_question_without_basis(ask):
    """Two questions in one: the answered one is answered, the other named."""
    answer = ask("北京社区嵌入式项目补助多少？公积金怎么提取？")
    assert answer.status is AnswerStatus.PARTIAL
    assert cited(answer) == [("京发改规[2025]1号", "第二十三条")]
    assert "公积金怎么提取" in answer.missing[0]


def test_a_district_is_answered_from_its_city_and_told_so(ask):
    """渝中区 has no document of its own in the library."""
    answer = ask("渝中区的街道养老服务中心能补助多少？")
    assert cited(answer)[0] == ("渝发改规范[2024]10号", "附件1-1/21")
    assert answer.statements[0].text.startswith("重庆市（库内没有渝中区自己的文件）：")


def test_a_district_beside_a_document_named_needs_no_document_of_its_own(ask):
    """Whoever names the city's document wants the city's rule."""
    answer = ask("按京发改规〔2025〕1号，朝阳区的项目补助多少？")
    assert cited(answer)[0] == ("京发改规[2025]1号", "第二十三条")
    assert answer.statements[0].text.startswith("北京市：")


def test_resolved_dates_are_told_apart_from_stated_ones(ask):
    """自印发之日起 is quoted, the day worked out is marked 推算."""
    begun, ends = ask("北京的办法什么时候施行，有效期多久？").statements
    assert "本办法自印发之日起施行" in begun.text
    assert "推算，施行日期为2025年1月13日" in begun.text
    assert [c.path for c in begun.citations] == ["第三十六条", "落款"]
    assert "据此推算，有效期至2028年1月13日" in ends.text
    (stated,) = ask("杭州的方案从哪天起施行？").statements
    assert "推算" not in stated.text


def test_shanghai_keeps_its_dates_apart(ask):
    """成文 12月14日, 印发 12月16日."""
    texts = " ".join(s.text for s in ask("沪府办发〔2024〕25号的成文日期和印发日期是哪天？").statements)
    assert "成文日期是2024年12月14日" in texts
    assert "2024年12月16日印发" in texts


def test_what_a_document_does_not_say_of_itself(ask):
    """杭州's plan has no 有效期."""
    answer = ask("杭州的方案有效期几年？")
    assert answer.status is AnswerStatus.NO_BASIS
    assert "未写明有效期" in answer.missing[0]


def test_a_list_is_given_with_its_lead_in(ask):
    """（一）（二）（三） stand behind the sentence that opens them."""
    text = ask("重庆哪些情况会被调出试点名单？").statements[0].text
    assert text.index("存在以下情况的项目") < text.index("（一）建设进度滞后") < text.index("（三）")


def test_the_body_responsible_is_quoted(ask):
    """责任单位 of a heading, and of a table row by its column."""
    heading = ask("上海怎么优化设施规划布局，由哪些单位负责？").statements[0].text
    assert "责任单位：市规划资源局、市住房城乡建设管理委" in heading
    row = ask("重庆容积率核定优化由哪个部门负责？").statements[0].text
    assert "责任单位：市住房城乡建委、市规划自然资源局。" in row


def test_a_whole_row_is_read_by_its_columns(ask):
    """Cells become 列名：值, the row number is left out."""
    text = ask("渝发改规范〔2024〕10号附件1-1第21项").statements[0].text
    assert text.startswith("渝发改规范〔2024〕10号附件1-1 第21项：政策内容：探索养老设施以奖代补方式")
    assert text.endswith("责任单位：市民政局。")


def test_a_document_not_in_force_is_not_a_basis(ask):
    """Before it was issued Beijing's 办法 answers nothing, and the reader is told."""
    answer = ask(MAIN, as_of=date(2024, 6, 1))
    assert answer.status is AnswerStatus.NO_BASIS
    assert any("不在有效期内" in sentence for sentence in answer.missing)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2025, 1, 12), False),
        (date(2025, 1, 13), True),
        (date(2028, 1, 13), True),
        (date(2028, 1, 14), False),
    ],
)
def test_the_first_and_the_last_day_count(day, holds, ask, library):
    """Search and refusals agree on when Beijing's 办法 applies."""
    document = library.document("京发改规[2025]1号")
    assert in_force(document.metadata, day) is holds
    answer = ask(MAIN, as_of=day)
    assert bool(answer.statements) is holds
    assert any("不在有效期内" in sentence for sentence in answer.missing) is not holds


@pytest.mark.parametrize(
    "question",
    [
        "北京补助上限是不是1亿元",
        "北京的补助总额最高是8000万元吧？",
        "听说北京最多补百分之五十，对吗？",
    ],
)
def test_a_false_premise_meets_the_documents_own_figure(question, ask):
    """The figure supposed is no topic; 第二十三条 answers with its own."""
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert cited(answer)[0] == ("京发改规[2025]1号", "第二十三条")
    assert "5000万元" in answer.statements[0].text


def test_when_and_for_how_long(ask):
    """开始 is no content word; the start is told as worked out."""
    answer = ask("北京的办法什么时候开始施行，有效期多久")
    assert answer.status is AnswerStatus.ANSWERED
    begun, ends = answer.statements
    assert "推算，施行日期为2025年1月13日" in begun.text
    assert "有效期三年" in ends.text


def test_a_document_without_a_printing_date_tells_the_day_signed(ask):
    """重庆 prints no 版记; its 成文日期 is given as such."""
    answer = ask("重庆的通知是什么时候印发的？")
    assert answer.status is AnswerStatus.ANSWERED
    assert "未另印印发日期，成文日期是2024年11月25日" in answer.statements[0].text


def test_filters_of_the_caller_hold(ask):
    """A question about Beijing within Hangzhou's documents has no basis."""
    answer = ask(MAIN, filters=SearchFilter(jurisdictions=("330100",)))
    assert answer.status is AnswerStatus.NO_BASIS
    assert answer.missing == ("查询范围已限定，不含北京市；放宽范围后可再问。",)


class _Fixed:
    """A search that returns the clauses it was given, in order."""

    def __init__(self, hits: tuple[ClauseHit, ...]) -> None:
        self.hits = hits

    def search(
        self,
        query: str,
        *,
        top_k: int = 10,
        mode: SearchMode = SearchMode.HYBRID,
        filters: SearchFilter = NO_FILTER,
    ) -> tuple[ClauseHit, ...]:
        return self.hits[:top_k]


INVENTED = (
    "乌有市民政局关于印发《成都市社区图书角补助办法》的通知\n成民发〔2024〕3号\n各区民政局：\n现印发给你们。\n"
    "成都市民政局\n2024年1月5日\n\n成都市社区图书角补助办法\n第一条 为规范图书角补助，制定本办法。\n"
    "第二条 对新建的图书角给予一次性补助8万元。\n第三条 图书角应当每周开放五天。\n"
    "第四条 本办法自2024年2月1日起施行，有效期两年。\n"
)


def test_nothing_is_keyed_to_the_shipped_documents(ask_in):
    """An invented 办法 of another city is answered and refused by the same means."""
    parsed = read_document(INVENTED.encode(), "a.txt")
    shelf = Library([parsed.document], parsed.clauses)
    hits = tuple(
        ClauseHit(clause, Focus(clause.path, clause.start, clause.end, clause.text), 1.0)
        for clause in parsed.clauses
        if clause.is_unit
    )
    answer = ask_in("成都新建图书角补助多少钱？", shelf, _Fixed(hits))
    assert answer.status is AnswerStatus.ANSWERED
    assert [path for _, path in cited(answer)] == ["第二条"]
    assert "8万元" in answer.statements[0].text
    assert ask_in("成都图书角罚款多少元？", shelf, _Fixed(hits)).status is AnswerStatus.NO_BASIS
    assert ask_in("北京图书角补助多少？", shelf, _Fixed(hits)).missing[0].startswith("库内没有北京市")


def test_what_is_over_is_said_to_be_over(ask):
    """After its last day the validity is told as past, and silence is put down to it."""
    (ended,) = ask("京发改规〔2025〕1号现在还有效吗？", as_of=date(2028, 1, 14)).statements
    assert "已于2028年1月13日期满失效" in ended.text
    (valid,) = ask("京发改规〔2025〕1号现在还有效吗？", as_of=date(2028, 1, 13)).statements
    assert "有效期至2028年1月13日" in valid.text
    silent = ask(MAIN, as_of=date(2028, 1, 14)).missing
    assert silent[0].startswith("北京市：库内文件截至2028年1月14日均不在有效期内")
    assert not any("未找到" in sentence for sentence in silent)


def test_a_clause_of_a_document_that_is_over_is_marked(ask):
    """Named outright it is quoted, never without saying that it no longer holds."""
    question = "京发改规〔2025〕1号第七条"
    assert "失效" not in ask(question, as_of=date(2028, 1, 13)).statements[0].text
    (over,) = ask(question, as_of=date(2028, 1, 14)).statements
    assert over.text.startswith("京发改规〔2025〕1号（已于2028年1月13日期满失效）第七条：")


def test_cells_of_one_row_that_touch_are_one_citation(ask):
    """A row with three sub-rows has three citations, each of its own sub-row."""
    answer = ask("渝发改规范〔2024〕10号附件1-2第2项")
    assert [path for _, path in cited(answer)] == ["附件1-2/2.1", "附件1-2/2.2", "附件1-2/2.3"]


def test_everything_rejected_is_not_silence(assistant, library):
    """A writer whose statements do not hold leaves a sentence that says nothing was found."""
    found = assistant.index.clause("京发改规[2025]1号", "第二十三条")
    citation = cite(library.document(found.doc_id), found, found.start, found.start + 5)

    class Liar:
        def write(self, question, evidence, shelf):
            return (Statement("补助99999万元。", (citation,)),)

    desk = Desk(library, assistant.index, Liar(), SearchFilter(as_of=AS_OF), AS_OF)
    answer = answer_question(MAIN, desk)
    assert (answer.status, answer.statements) == (AnswerStatus.NO_BASIS, ())
    assert len(answer.rejected) == len(answer.missing) == 1
