"""Invented documents of a nation and three cities, parsed for real, and a comparison made by hand."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from assistant.comparing.passages import Readings
from assistant.comparing.types import (
    Cell,
    CellStatus,
    Column,
    Comparison,
    Difference,
    Figure,
    FigureNeed,
    Quote,
    Relation,
    Row,
    Source,
    Topic,
)
from assistant.library import Library
from assistant.norms import Operator, Strength
from assistant.types import Citation, Statement
from indexing.documents import read_document
from indexing.types import ClauseHit

DAY = date(2026, 1, 1)

NATION = """国务院办公厅关于加强口袋公园建设的通知
国办发〔2025〕9号
各省、自治区、直辖市人民政府：
国务院办公厅
2025年1月6日

一、面积标准。口袋公园绿化面积平均不少于30平方米。支持有条件的城市达到不少于80平方米。
二、养护。口袋公园应当由专业单位养护。
三、座椅。口袋公园原则上设置不少于3处座椅。
"""

SUZHOU = """苏州市口袋公园管理办法
（2025年3月1日苏州市人民政府令第160号公布）
第一条 口袋公园绿化面积平均不少于40平方米。
第二条 口袋公园应当由专业单位养护。
第三条 口袋公园设置不少于3处座椅。
第四条 本办法自2025年5月1日起施行。
"""

NANJING = """南京市口袋公园管理办法
（2025年3月1日南京市人民政府令第170号公布）
第一条 新建口袋公园绿化面积不少于90平方米。
第二条 鼓励专业单位参与养护。
第三条 口袋公园照明应当符合《江苏省照明设施建设导则》要求。
第四条 本办法自2025年5月1日起施行。
"""

WUXI = """无锡市停车场管理办法
（2025年3月1日无锡市人民政府令第180号公布）
第一条 停车场按照每百辆车不少于2名人员配备。
第二条 本办法自2025年5月1日起施行。
"""

AREA = Topic(
    "area",
    "绿化面积",
    "面积",
    ("绿化面积多大",),
    (("绿化面积|有条件的城市",),),
    units=("㎡",),
    figure=FigureNeed.OPTIONAL,
)
CARE = Topic("care", "养护", "管理", ("谁养护",), (("养护",),))
SEATS = Topic("seats", "座椅", "管理", ("几处座椅",), (("座椅",),), units=("处",), figure=FigureNeed.OPTIONAL)
LIGHT = Topic("light", "照明", "管理", ("照明标准",), (("照明",),))


class NoSearch:
    """A search that finds nothing."""

    def search(self, query: str, **_: object) -> tuple[ClauseHit, ...]:
        """Nothing."""
        return ()


def invented(*texts: str) -> Library:
    """These texts as a library, cut by the real parser."""
    parsed = [read_document(text.encode(), f"{number}.txt") for number, text in enumerate(texts)]
    return Library([one.document for one in parsed], [clause for one in parsed for clause in one.clauses])


def readings() -> Readings:
    """All four documents."""
    return Readings(invented(NATION, SUZHOU, NANJING, WUXI))


def citation(quote: str, path: str = "第一条", start: int = 10) -> Citation:
    """A citation of an invented clause."""
    return Citation(
        "甲办法", "甲政〔2025〕1号", "甲市办法", 1, path, "0" * 64, quote, start, start + len(quote)
    )


def figure(
    value: str = "30",
    operator: Operator = Operator.AT_LEAST,
    strength: Strength = Strength.MUST,
    basis: Sequence[str] = (),
    unit: str = "㎡",
    words: str = "面积不少于30平方米",
) -> Figure:
    """A figure whose printed form does not matter."""
    cited = citation(f"{words}。")
    return Figure(
        operator, Decimal(value), None, unit, False, strength, value, words, None, tuple(basis), cited
    )


def spoken(
    column: str, *figures: Figure, status: CellStatus = CellStatus.REGULATED, quote: str = "应当养护。"
) -> Cell:
    """A cell that says something."""
    quotes = tuple(Quote(one.citation, one.strength) for one in figures) or (
        Quote(citation(quote), Strength.MUST),
    )
    return Cell(column, status, tuple(figures), quotes[0].strength, ("市园林局",), (), quotes)


def made() -> Comparison:
    """Two topics over a nation and two cities; one cell is silent, one quote begins like a formula."""
    columns = (
        Column("国家", "000000", ("国",)),
        Column("甲市", "110000", ("甲",)),
        Column("乙市", "310000", ("乙",)),
    )
    nation, city = spoken("国家", figure()), spoken("甲市", figure("40", basis=("统计:平均",)))
    silent = Cell("乙市", CellStatus.NOT_FOUND)
    odd = spoken("甲市", quote="=1+1 <b>|不得|</b>\n第二行")
    summary = (Statement("国家：面积不少于30平方米。", (nation.quotes[0].citation,)),)
    first = Row(
        AREA,
        (nation, city, silent),
        (None, Relation.INCOMPARABLE, None),
        (None, "口径不同：本地平均，国家一般口径", None),
        (Difference.VALUE, Difference.PRESENCE, Difference.BASIS),
        summary,
        ("乙市：未检出规定，待人工确认。",),
    )
    second = Row(
        CARE,
        (spoken("国家"), odd, silent),
        (None, Relation.EQUAL, None),
        (None, "内容和力度相同", None),
        (Difference.PRESENCE,),
        (Statement("甲市：养护。", (odd.quotes[0].citation,)),),
        ("乙市：未检出规定，待人工确认。",),
    )
    source = Source("甲", "甲市办法", "甲政〔2025〕1号", "110000", DAY, DAY, None, True)
    return Comparison(columns, (first, second), summary, ("=提示",), (source,), DAY)
