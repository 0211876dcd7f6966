"""Which document a text is: another version, or another document of the same name."""

from indexing.documents import ParsedDocument, read_document
from indexing.identity import own_id, wordings

HEAD = "某某市医疗保障局公告\n"
TAIL = "某某市医疗保障局\n2024年9月1日\n"


def _read(body: str, head: str = HEAD) -> ParsedDocument:
    return read_document(f"{head}{body}{TAIL}".encode(), "公告.txt")


FEES = _read("一、门诊挂号费10元。\n二、住院押金2000元。\n")
HOSPITALS = _read("一、市第一医院为定点医院。\n二、市第二医院为定点医院。\n")


def test_namesakes_without_a_common_wording_are_two_documents() -> None:
    """Fees and hospitals announced on one day under one title stay apart."""
    assert FEES.document.doc_id == HOSPITALS.document.doc_id
    held = {FEES.document.doc_id: wordings(FEES)}
    assert own_id(HOSPITALS, held) not in held
    assert own_id(HOSPITALS, {}) == HOSPITALS.document.doc_id


def test_one_formula_in_common_makes_no_version() -> None:
    """Announcements that both end with the date they take effect stay two documents."""
    fees = _read("一、门诊挂号费10元。\n二、住院押金2000元。\n三、本公告自发布之日起施行。\n")
    lists = _read("一、市第一医院为定点医院。\n二、市第二医院为定点医院。\n三、本公告自发布之日起施行。\n")
    assert own_id(lists, {fees.document.doc_id: wordings(fees)}) != fees.document.doc_id


def test_a_changed_text_is_another_version_of_the_one_it_shares_wordings_with() -> None:
    """Half the clauses kept are enough; of several namesakes the related one is meant."""
    changed = _read("一、市第一医院为定点医院。\n二、市第三医院为定点医院。\n")
    second = own_id(HOSPITALS, {FEES.document.doc_id: wordings(FEES)})
    held = {FEES.document.doc_id: wordings(FEES), second: wordings(HOSPITALS)}
    assert own_id(changed, held) == second


def test_a_document_number_decides_alone() -> None:
    """The same 文号 with wholly new wording is a new version."""
    numbered = "某某市民政局关于补贴的通知\n某民发〔2024〕1号\n"
    old, new = _read("一、每人500元。\n", numbered), _read("一、按季发放。\n", numbered)
    assert own_id(new, {old.document.doc_id: wordings(old)}) == old.document.doc_id
