"""The rule engine: boundary vectors, verdicts, applicability, wording, and what is never done."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.facts.dictionary import dictionary
from assistant.facts.entries import yaml_entries
from assistant.facts.reading import read_entries
from assistant.facts.types import FactSheet
from assistant.rules.checking import check_facts, clause_hashes
from assistant.rules.rulebook import HASH_CHARS, documents_for, read_rule, ruled_documents
from assistant.rules.types import Report
from assistant.rules.verdicts import Verdict
from indexing.documents import read_document
from indexing.types import Clause, Document
from tests.assistant.rule_sheets import AS_OF, finding, labelled, reading_of, report_on

CORPUS_DIR = Path(__file__).resolve().parents[3] / "corpus"


def verdicts(place: str, facts: str, as_of: date = AS_OF) -> dict[str, str]:
    """Rule → verdict for a sheet written on one line."""
    report = report_on(labelled(facts), place, as_of)
    return {each.rule.rule_id: each.verdict.value for each in report.findings}


def test_a_total_above_thirty_percent_of_the_investment_is_a_breach() -> None:
    """The split between the two kinds need not be known to see it."""
    found = finding("BJ-32", labelled("总投资：10000万元；申请市级补助：4000万元"))
    assert found.verdict is Verdict.FAIL


@pytest.mark.parametrize(("day", "said"), [("2028-01-14", "已过有效期"), ("2025-01-12", "尚未施行")])
def test_a_document_out_of_force_is_named(day: str, said: str) -> None:
    """Before its first and after its last day."""
    report = report_on({"基准日期": day}, "BJ")
    assert any(said in notice for notice in report.notices)


def test_what_a_document_is_said_to_be_silent_on_it_is_silent_on() -> None:
    """No square metres in Beijing and Shanghai; no amounts of subsidy outside Beijing's 第二十三条."""
    texts = {file.name: file.read_text("utf-8") for file in (CORPUS_DIR / "documents").glob("*.txt")}
    joined = {name: re.sub(r"\s", "", text) for name, text in texts.items()}
    shanghai, beijing = (
        next(t for t in joined.values() if mark in t[:200]) for mark in ("沪府办发", "京发改规")
    )
    hangzhou = next(t for t in joined.values() if "杭政办函" in t[:200])
    assert "平方米" not in shanghai + beijing
    assert not re.search(r"不少于\d+项", shanghai)
    assert not re.search(r"\d+(?:万|亿)?元", shanghai + hangzhou)


def test_the_scenes_of_an_implementation_plan_are_added_up() -> None:
    """Technical scheme and floor area in each row; the sum within the building."""

    def verdict(second: str, scheme: str = "二层") -> Verdict:
        text = (
            "是否入名单: 是\n综合体建筑面积: 600㎡\n用地面积: 800㎡\n功能明细:\n"
            f"  - 功能: 养老服务\n    建筑面积: 400㎡\n    技术方案: 一层\n"
            f"  - 功能: 社区助餐\n    建筑面积: {second}\n    技术方案: {scheme}\n"
        )
        sheet = read_entries(yaml_entries(text, dictionary()), "表.yaml").sheet
        return {f.rule.rule_id: f.verdict for f in check_facts(sheet, AS_OF, "500000").findings}["CQ-67"]

    assert verdict("200㎡") is Verdict.PASS
    assert verdict("200.1㎡") is Verdict.FAIL
    assert verdict("200㎡", scheme='""') is Verdict.UNKNOWN
    assert verdict('""') is Verdict.UNKNOWN


def test_the_four_elements_of_each_function() -> None:
    """A function without its row breaks the rule, an empty cell leaves it open."""

    def verdict(functions: str, mechanism: str = "连锁托管") -> Verdict:
        text = (
            f"服务功能: {functions}\n功能明细:\n  - 功能: 养老服务\n    目标愿景: 就近养老\n"
            f"    功能业态: 日间照料\n    设施配置标准: 按导则\n    机制创新举措: {mechanism}\n"
        )
        sheet = read_entries(yaml_entries(text, dictionary()), "表.yaml").sheet
        return {f.rule.rule_id: f.verdict for f in check_facts(sheet, AS_OF, "500000").findings}["CQ-60"]

    assert verdict("养老服务") is Verdict.PASS
    assert verdict("养老服务、社区助餐") is Verdict.FAIL
    assert verdict("养老服务", '""') is Verdict.UNKNOWN


def test_indicators_after_a_renovation_are_compared_one_by_one() -> None:
    """Not below the state before, each of them."""

    def verdict(after: str) -> Verdict:
        text = (
            "建设类型: 存量改造\n结构安全: 是\n指标对照:\n  - {指标: 建筑间距, 现状: 12, 改造后: 12}\n"
            f"  - {{指标: 绿地率, 现状: 30, 改造后: {after}}}\n"
        )
        sheet = read_entries(yaml_entries(text, dictionary()), "表.yaml").sheet
        return {f.rule.rule_id: f.verdict for f in check_facts(sheet, AS_OF, "500000").findings}["CQ-102"]

    assert verdict("30") is Verdict.PASS
    assert verdict("29") is Verdict.NOT_CITABLE
    assert verdict('""') is Verdict.NOT_CITABLE


@pytest.mark.parametrize(
    ("place", "own"), [("BJ", "BJ"), ("CQ", "CQ"), ("HZ", "HZ"), ("SH", "SH"), ("GJ", "GJ")]
)
def test_only_the_rules_of_the_place_and_the_nation_apply(place: str, own: str) -> None:
    """Never another city's."""
    assert {finding.rule.rule_id[:2] for finding in report_on({}, place).findings} == {"GJ", own}


def test_a_city_without_rules_gets_the_nations_and_is_told() -> None:
    """Guangzhou's project is not judged by Beijing's measures."""
    report = check_facts(reading_of({"所属辖区": "广州市"}).sheet, AS_OF)
    assert {finding.rule.rule_id[:2] for finding in report.findings} == {"GJ"}
    assert any("没有广州市的规则" in notice for notice in report.notices)


def test_a_place_given_by_the_caller_replaces_the_sheets_and_is_said() -> None:
    """Switching the place midway leaves no rule of the old one."""
    report = check_facts(reading_of({"所属辖区": "北京市", "综合体建筑面积": "520㎡"}).sheet, AS_OF, "500000")
    assert {finding.rule.rule_id[:2] for finding in report.findings} == {"GJ", "CQ"}
    assert any("改用重庆市的规则" in notice for notice in report.notices)


def test_facts_that_only_another_place_knows_are_not_used() -> None:
    """A Beijing share of investment says nothing in Chongqing."""
    report = report_on({"基本公共服务类投资": "100万元", "基本类补助": "90万元"}, "CQ")
    assert all("request_basic" not in finding.facts for finding in report.findings)


def test_an_empty_sheet_passes_nothing_that_depends_on_a_fact() -> None:
    """Only the validity of the documents, which the calendar decides, is met."""
    for place in ("GJ", "BJ", "CQ", "HZ", "SH"):
        passed = {f.rule.rule_id for f in report_on({}, place).findings if f.verdict is Verdict.PASS}
        assert passed <= {"BJ-48", "HZ-38"}


def test_a_reason_is_shown_with_the_deviation_and_does_not_make_it_pass() -> None:
    """A short one is asked for again."""
    facts = {
        "综合体建筑面积": "520㎡",
        "偏离理由": "社区位于老城核心区，可利用房源有限，拟与相邻社区统筹共享设施。",
    }
    with_reason = finding("CQ-07", facts)
    assert with_reason.verdict is Verdict.EXPLAIN
    assert with_reason.reason == facts["偏离理由"]
    short = finding("CQ-07", facts | {"偏离理由": "房源有限"})
    assert short.reason is None
    assert any("不足" in remark for remark in short.remarks)


def test_functions_the_text_does_not_list_are_left_to_a_person() -> None:
    """Two listed and an unlisted one do not make three by machine."""
    facts = {"服务功能": "养老服务、社区助餐、宠物寄养"}
    assert finding("CQ-15", facts).verdict is Verdict.MANUAL
    assert finding("HZ-19", facts | {"是否试点": "是"}).verdict is Verdict.MANUAL


@pytest.fixture(scope="module")
def shipped() -> list[tuple[Document, tuple[Clause, ...]]]:
    """The shipped documents, parsed."""
    return [
        (read.document, tuple(read.clauses))
        for file in sorted((CORPUS_DIR / "documents").glob("*.txt"))
        for read in [read_document(file.read_bytes(), file.name)]
    ]


def test_every_rule_quotes_its_clause_word_for_word(
    shipped: list[tuple[Document, tuple[Clause, ...]]],
) -> None:
    """The clause exists, has the wording reviewed, and holds the quote as issued."""
    clauses = {clause.clause_id: clause for _, found in shipped for clause in found}
    for document in ruled_documents():
        for rule in document.rules:
            clause = clauses[rule.clause_id]
            assert rule.quote in clause.text, rule.rule_id
            assert clause.text_hash.startswith(rule.text_hash), rule.rule_id
            assert len(rule.text_hash) == HASH_CHARS


def test_validity_in_the_data_is_what_the_documents_say(
    shipped: list[tuple[Document, tuple[Clause, ...]]],
) -> None:
    """Place, first and last day as the metadata reader finds them."""
    said = {document.doc_id: document.metadata for document, _ in shipped}
    for document in ruled_documents():
        metadata = said[document.doc_id]
        assert document.jurisdiction == metadata.jurisdiction
        assert document.number.replace(" ", "") == (metadata.document_number or "").replace(" ", "")
        assert document.effective_from == metadata.effective_from
        assert document.expires_on == metadata.expires_on
        assert document.is_trial == metadata.is_trial


def test_a_changed_or_missing_clause_takes_the_verdict_back(
    shipped: list[tuple[Document, tuple[Clause, ...]]],
) -> None:
    """What was reviewed is no longer what the library holds."""
    wording = dict(clause_hashes((c.clause_id, c.text_hash) for _, found in shipped for c in found))
    sheet = reading_of({"综合体建筑面积": "520㎡"}).sheet
    rule = next(r for d in documents_for("500000") for r in d.rules if r.rule_id == "CQ-07")

    def of(held: dict[str, str]) -> tuple[Verdict, str]:
        found = next(f for f in check_facts(sheet, AS_OF, "500000", held).findings if f.rule is rule)
        return found.verdict, found.message

    assert of(wording)[0] is Verdict.EXPLAIN
    assert of(wording | {rule.clause_id: "0" * 12}) == (
        Verdict.UNKNOWN,
        of(wording | {rule.clause_id: "0" * 12})[1],
    )
    assert "已经改变" in of(wording | {rule.clause_id: "0" * 12})[1]
    assert "没有这一条款" in of({k: v for k, v in wording.items() if k != rule.clause_id})[1]


def test_the_rulebook_is_well_formed() -> None:
    """Ids are unique, expressions name facts of the dictionary, every rule is judged, manual or a notice."""
    rules = [rule for document in ruled_documents() for rule in document.rules]
    assert len({rule.rule_id for rule in rules}) == len(rules) >= 290
    for rule in rules:
        for part in (
            rule.when,
            rule.check,
            rule.unsure,
            rule.excuse,
            *(remark.when for remark in rule.remarks),
        ):
            assert part is None or all(name in dictionary() for name in part.names), rule.rule_id
        assert rule.check or rule.manual or rule.force.value == "说明", rule.rule_id
        assert not (rule.check and rule.manual), rule.rule_id


def test_rules_that_no_machine_judges_are_listed_with_their_quote() -> None:
    """人工核对, whatever the facts are."""
    manual = [f for f in report_on({}, "CQ").findings if f.verdict is Verdict.MANUAL]
    assert {"CQ-28", "CQ-73", "CQ-106"} <= {f.rule.rule_id for f in manual}
    assert all(f.rule.quote and f.message for f in manual)


def test_a_rule_with_an_unknown_key_or_expression_is_refused() -> None:
    """A slip in the data is met when it is loaded."""
    entry = {
        "id": "X",
        "title": "t",
        "clause": "d#p",
        "text_hash": "0" * 12,
        "quote": "q",
        "strength": "应",
        "force": "义务",
    }
    assert read_rule({**entry, "check": "households > 0"}).check is not None
    with pytest.raises(ValueError, match="not allowed"):
        read_rule({**entry, "check": "__import__('os').system('true')"})
    with pytest.raises(TypeError):
        read_rule({**entry, "chek": "households > 0"})


def counted(report: Report) -> int:
    """How many findings the counts add up to."""
    return sum(report.counts().values())


def test_counts_add_up_and_there_is_no_score() -> None:
    """Every rule is counted once; nothing else is reported."""
    report = report_on({"综合体建筑面积": "520㎡"}, "CQ")
    assert counted(report) == len(report.findings)
    assert not any("率" in field and "%" in str(getattr(report, field)) for field in report.__slots__)


def test_checking_is_a_pure_function() -> None:
    """The same facts give the same report, and the sheet is untouched."""
    sheet = reading_of({"综合体建筑面积": "520㎡", "服务功能": "养老服务"}).sheet
    before = dict(sheet.facts)
    first = check_facts(sheet, AS_OF, "500000")
    assert first == check_facts(replace(sheet), AS_OF, "500000")
    assert dict(sheet.facts) == before
    assert check_facts(FactSheet(), AS_OF).jurisdiction is None
