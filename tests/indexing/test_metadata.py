"""What a document says of itself, read from short invented texts."""

from datetime import date

import pytest

from indexing.documents import read_document
from indexing.metadata import clean_title
from indexing.types import CitedDocument, Metadata
from indexing.validity import parse_date


def _read(text: str) -> Metadata:
    return read_document(text.encode(), "试.txt").document.metadata


HEAD = (
    "云岭市民政局关于印发社区食堂管理办法的通知\n云民发〔2024〕5号\n各区民政局：\n现印发给你们，请遵照执行。\n"
    "云岭市民政局\n2024年4月3日\n社区食堂管理办法\n第一条 为规范管理，制定本办法。\n"
)


@pytest.mark.parametrize(
    ("last", "effective", "inferred", "valid_for", "expires"),
    [
        ("第二条 本办法自2024年5月1日起施行。", date(2024, 5, 1), False, None, None),
        ("第二条 本办法自印发之日起施行，有效期三年。", date(2024, 4, 3), True, "三年", date(2027, 4, 3)),
        ("第二条 本办法自发布之日起30日后施行。", date(2024, 5, 3), True, None, None),
        (
            "第二条 本办法自2024年5月1日起施行，有效期至2026年4月30日。",
            date(2024, 5, 1),
            False,
            None,
            date(2026, 4, 30),
        ),
        ("第二条 经营许可证有效期五年。", None, False, None, None),
        ("第二条 本办法由市民政局负责解释。原《食堂办法》自2020年1月1日起施行。", None, False, None, None),
    ],
)
def test_validity(
    last: str, effective: date | None, inferred: bool, valid_for: str | None, expires: date | None
) -> None:
    """Stated or inferred, as worded, computed; another thing's dates are not its own."""
    metadata = _read(HEAD + last)
    found = (
        metadata.effective_from,
        metadata.effective_from_inferred,
        metadata.valid_for,
        metadata.expires_on,
    )
    assert found == (effective, inferred, valid_for, expires)


def test_a_joint_notice_names_all_its_authorities() -> None:
    """Names stacked above 关于 and below the text are all read, in order."""
    metadata = _read(
        "云岭市民政局\n云岭市财政局\n云岭市卫生健康委员会\n关于做好社区食堂工作的通知\n云民发〔2024〕6号\n各区人民政府：\n"
        "请抓好落实，确保居民就近用餐。\n云岭市民政局\n云岭市财政局\n云岭市卫生健康委员会\n2024年6月1日\n"
    )
    assert metadata.issuing_authorities == ("云岭市民政局", "云岭市财政局", "云岭市卫生健康委员会")
    assert metadata.document_type == "通知"
    assert metadata.issued_on == date(2024, 6, 1)


def test_what_the_text_does_not_say_is_none() -> None:
    """A bare text has no number, no dates, no authority, and nothing is made up."""
    metadata = _read("第一条 运营单位应当公开收费标准。\n第二条 运营单位应当接受监督。")
    assert metadata == Metadata()


def test_cited_documents_are_listed_once_without_the_document_itself() -> None:
    """One entry a number; the document's own title is no citation."""
    metadata = _read(
        HEAD
        + "第二条 按照《云岭市养老服务条例》和《关于支持助餐的意见》（云政发〔2022〕8号）执行。\n"
        + "第三条 《社区食堂管理办法》与《关于支持助餐的意见》（云政发〔2022〕8号）不一致的，以后者为准。"
    )
    assert metadata.cited_documents == (
        CitedDocument(None, "云岭市养老服务条例"),
        CitedDocument("云政发〔2022〕8号", "关于支持助餐的意见"),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年3月8日", date(2024, 3, 8)),
        ("2023 年 11 月 19 日", date(2023, 11, 19)),
        ("二〇〇六年十二月三十日", date(2006, 12, 30)),
        ("2024年2月30日", None),
        ("三月八日", None),
    ],
)
def test_dates(text: str, expected: date | None) -> None:
    """Digits and Chinese numerals; a day that does not exist is no date."""
    assert parse_date(text) == expected


def test_titles_keep_the_space_between_authorities() -> None:
    """A wrap inside a title closes up, the space between joint authorities stays."""
    assert (
        clean_title("甲市民政局\n乙市财政局关于\n印发《实施 方案》的通知")
        == "甲市民政局 乙市财政局关于印发《实施方案》的通知"
    )
