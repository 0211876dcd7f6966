"""Documents the tests of export and lint are about: invented, complete, and one per template."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.export.docx import Copy, write_docx
from assistant.export.official import (
    Alignment,
    Attachment,
    Blank,
    Block,
    Column,
    Heading,
    Imprint,
    Letterhead,
    Numbering,
    OfficialDocument,
    Origin,
    Paragraph,
    Party,
    Signature,
    Table,
    Text,
)
from assistant.types import Citation
from prompts.applications import ApplicationTemplate, Layout

DAY = date(2026, 11, 22)
TITLE = "关于印发《某市社区嵌入式服务设施建设运营管理办法（试行）》的通知"


def citation(
    path: str = "附件2/第七条/第二款", quote: str = "申报方案应明确实施范围、建设目标等内容"
) -> Citation:
    """A citation of an invented notice; its quote has the half-width comma some documents have."""
    return Citation("甲发改[2025]1号", "甲发改〔2025〕1号", TITLE, 1, path, "0" * 64, quote, 0, len(quote))


def body(text: str, *citations: Citation) -> Paragraph:
    """A paragraph of one text."""
    return Paragraph((Text(text, citations),))


def table(rows: int = 3, *, landscape: bool = False) -> Table:
    """A table of indicators."""
    columns = (Column("指标", 2, Alignment.LEFT), Column("数值", 1, Alignment.RIGHT), Column("单位"))
    cells = tuple(((Text(f"指标{n}"),), (Text(str(n * 100)),), (Text("平方米"),)) for n in range(1, rows + 1))
    return Table(columns, cells, caption="主要技术指标", note="面积为建筑面积。", landscape=landscape)


def letter(**changes: object) -> OfficialDocument:
    """A complete 函 with everything an official document can have, and no blank."""
    document = OfficialDocument(
        title=("关于报送某街道社区嵌入式服务设施试点建设项目申报方案的函",),
        recipients=("市发展改革委",),
        letterhead=Letterhead("某市某区人民政府", "某府函〔2026〕12号"),
        blocks=(
            body("我区组织编制了申报方案，明确了实施范围和建设目标", citation()),
            Heading(1, "项目概况"),
            Heading(2, "实施范围"),
            body("项目位于某街道，覆盖2个社区，服务居民5200户、常住人口18600人，建筑面积1200㎡。"),
            Heading(
                3,
                "建设形态",
                (Text("采用综合体，面积高于600平方米", (citation("附件1/二/（一）/1"),)), Text("。")),
            ),
            Heading(4, "场地来源"),
            body("利用国有闲置房产改造，所有权不变。"),
            Heading(2, "技术指标"),
            table(),
            Heading(1, "资金筹措"),
            body("总投资1500万元，其中申请市级补助450万元。" * 12),
        ),
        attachments=(
            Attachment("某街道社区嵌入式服务设施试点建设项目申报方案和主要技术指标及投资估算情况表"),
            Attachment("规则自查表", (body("共核对规则3条。"), table(20, landscape=True))),
        ),
        signature=Signature(("某市某区人民政府",), date(2026, 11, 5)),
        remark="联系人：某同志，电话：00000000",
        imprint=Imprint(("区发展改革委", "区住房城乡建委"), "某区人民政府办公室", date(2026, 11, 5)),
        origin=Origin(),
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def agreement() -> OfficialDocument:
    """A complete agreement: articles, two parties, no 版头."""
    return OfficialDocument(
        title=("某社区嵌入式服务设施运营监管协议",),
        blocks=(
            Heading(1, "运营范围和期限"),
            body("甲方将某社区综合体交乙方运营，期限3年。"),
            Heading(2, "场所"),
            body("某路8号一层至三层。"),
            Heading(1, "租金和资金使用"),
            body("租金按建筑面积计算，每平方米每月10元。"),
        ),
        parties=(Party("甲方", "某街道办事处"), Party("乙方", "某养老服务有限公司")),
        numbering=Numbering.ARTICLES,
        origin=Origin(),
    )


def of_template(template: ApplicationTemplate, *, blanks: bool) -> OfficialDocument:
    """A document with the sections of a template: with every fact, or with a blank for each."""
    blocks: list[Block] = []
    for section in template.sections:
        if section.annex:
            continue
        facts = tuple(
            inline
            for fact in section.facts
            for inline in (Blank(fact) if blanks else Text("已经落实"), Text("，"))
        )
        quotes = tuple(citation(one.clause_id.partition("#")[2], one.quote) for one in section.clauses)
        blocks += [
            Heading(1, section.title),
            Paragraph((Text("有关情况如下：" if facts else "按有关规定执行"), *facts[:-1], Text("。"))),
            Paragraph((Text("以上内容依据有关条款编写", quotes), Text("。"))),
        ]
    is_agreement = template.layout is Layout.AGREEMENT
    annexes = tuple(Attachment("有关材料清单") for section in template.sections if section.annex)
    return OfficialDocument(
        title=(
            template.heading.replace("{project_name}", "某社区嵌入式服务设施项目").replace(
                "{district}", "某区"
            ),
        ),
        recipients=(template.recipient or "某市发展和改革委员会",)
        if template.document_type in {"函", "报告"}
        else (),
        blocks=(*blocks, *((body(template.closing),) if template.closing else ())),
        attachments=annexes,
        signature=None if is_agreement else Signature(("某市某区发展和改革委员会",), DAY),
        parties=(Party("甲方", "某街道办事处"), Party("乙方", "某公司")) if is_agreement else (),
        numbering=Numbering.ARTICLES if is_agreement else Numbering.OFFICIAL,
        origin=Origin(),
    )


Saver = Callable[..., Path]


def saved(folder: Path, document: OfficialDocument, copy: Copy = Copy.REVIEW) -> Path:
    """The document as a file in `folder`."""
    path = folder / "稿件.docx"
    path.write_bytes(write_docx(document, DAY, copy))
    return path
