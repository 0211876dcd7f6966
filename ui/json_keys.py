"""What each key of the JSON output means, in Chinese: docs/json.md is made of this table.

`ui.jsonl` builds the records; a test holds the keys it prints against those named here, so
that none is printed undocumented or documented and not printed. After a change: `make docs`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant.comparing.types import CellStatus, Difference, Relation
from assistant.norms import Strength
from assistant.rules.verdicts import Verdict
from indexing.ingest import Outcome
from indexing.types import Level
from ui.sources import SIGNAL_NAMES


@dataclass(frozen=True, slots=True)
class Record:
    """One kind of JSON object: its keys in the order printed, each with what it means."""

    name: str  # the command, or what the object is called inside another
    keys: tuple[tuple[str, str], ...]
    intro: str = ""  # a sentence before the table


def _values(choices: Iterable[StrEnum]) -> str:
    """The values a key can have, so that a new one is documented too."""
    return " ".join(f"`{choice.value}`" for choice in choices)


RECORDS: tuple[Record, ...] = (
    Record(
        "error",
        (
            ("id", "该行的 `id`；读不出时为行号"),
            ("line", "行号，从 1 起，空行也计"),
            ("error", "一句中文：错在哪里，怎样改"),
        ),
    ),
    Record(
        "ask",
        (
            ("id", "批量时同输入；否则为 `null`"),
            ("question", "所问的问题"),
            ("status", "`ANSWERED` 有依据、`PARTIAL` 部分有依据、`NO_BASIS` 未找到依据"),
            ("answer", "各句回答，每句一行；`NO_BASIS` 时为空字符串"),
            ("statements", "各句回答及其依据，见 statement"),
            ("hits", "最相关的条款，至多 10 个，由高到低，见 hit；`NO_BASIS` 时只是内容相近"),
            ("missing", "哪些部分没有依据，每项一句中文"),
            ("notices", "应当知道的：哪些字词按别的读法检索（拼音、错字），检索缺了什么，每项一句中文"),
            ("rejected", "没有通过核对、没有显示的句子：`text` 句子，`reason` 原因"),
            ("as_of", "按哪一天有效的规定回答；问题中写明日期的，以问题为准"),
            ("resolved", "承接上文的问题补全后的完整问题；问题本身完整的为 `null`"),
            ("index_version", "文库和检索方式的指纹"),
            ("writer", "由谁组织语句"),
            ("prompts_version", "固定语句和提示词的指纹"),
            ("timings_ms", "各步骤用时，毫秒，按先后"),
        ),
    ),
    Record(
        "statement",
        (
            ("text", "一句回答"),
            ("citations", "这句回答的依据，至少一个，见 citation"),
        ),
    ),
    Record(
        "citation",
        (
            ("doc_id", "文件标识"),
            ("document_number", "发文字号，如原文"),
            ("title", "文件标题"),
            ("version", "文件版本，从 1 起"),
            ("path", "条款路径，如 `第二十三条`、`附件1-1/21`"),
            ("text_hash", "所引条款原文的指纹（SHA-256）"),
            ("quote", "原文，一字不改"),
            ("start", "`quote` 在文件正文中的起点（字符，从 0 起）"),
            ("end", "终点，不含"),
        ),
    ),
    Record(
        "hit",
        (
            ("doc_id", "文件标识"),
            ("document_number", "发文字号"),
            ("path", "条款路径"),
            ("focus", "条款中最相关的一处，见 focus"),
            ("score", "得分，越大越相关；只能在同一次查询内比较"),
        ),
    ),
    Record(
        "focus",
        (
            ("path", "包含这一处的最小条款，如 `第七条/第二款`"),
            ("start", "在文件正文中的起点"),
            ("end", "终点，不含"),
            ("text", "这一处的原文"),
        ),
    ),
    Record(
        "search",
        (
            ("id", "批量时同输入；否则为 `null`"),
            ("hits", "由高到低，至多 `--top-k` 个，见 hit；用 `--explain` 时每个另有键 `signals`，见 signal"),
        ),
    ),
    Record(
        "signal",
        (
            ("name", "信号：" + "、".join(f"`{name}` {said}" for name, said in SIGNAL_NAMES.items())),
            ("rank", "在该信号中的名次，从 1 起"),
            ("value", "取值，0 到 1"),
            (
                "weight",
                "该信号占全部权重的份额；取值减去底线，乘以权重，相加即得分（标题、通知等框架文字打折之前）",
            ),
            ("floor", "底线：名单已满时为末位的取值，否则为 0"),
        ),
    ),
    Record(
        "clauses",
        (
            ("doc_id", "文件标识"),
            ("document_number", "发文字号"),
            ("part", "所在部分：`通知`、`正文`、`附件1` ……"),
            ("path", "条款路径"),
            ("heading", "条款自己的标题，不含编号"),
            ("headings", "上级标题，由外到内"),
            ("text", "条款全文，含下级条款"),
            ("start", "在文件正文中的起点"),
            ("end", "终点，不含"),
            (
                "level",
                "层级：" + _values(Level),
            ),
            ("cells", "表格各栏，见 cell；合并的单元格已逐行补全"),
            ("responsible", "责任单位，逐个列出"),
        ),
    ),
    Record(
        "cell",
        (
            ("column", "栏目"),
            ("value", "内容"),
        ),
    ),
    Record(
        "documents",
        (
            ("doc_id", "文件标识"),
            ("version", "版本，从 1 起"),
            ("title", "标题"),
            ("document_number", "发文字号"),
            ("document_type", "文种"),
            ("issuing_authorities", "发文机关，联合发文时按原文顺序"),
            ("drafted_by", "转发文件的起草单位"),
            ("jurisdiction", "适用地区，GB/T 2260 代码，`000000` 为全国；代码表没有的地方为其名称"),
            ("issued_on", "成文日期"),
            ("drafted_on", "所转发文件自己的落款日期"),
            ("printed_on", "印发日期"),
            ("effective_from", "施行日期"),
            ("effective_from_inferred", "施行日期是否由“自印发之日起”推定"),
            ("valid_for", "有效期，如原文"),
            ("expires_on", "失效日期"),
            ("is_trial", "是否试行或暂行"),
            ("attachments", "附件标题"),
            ("cited_documents", "引用的文件，见 cited_document"),
            ("clauses", "条款个数"),
            ("sha256", "收到的文件的 SHA-256"),
        ),
    ),
    Record(
        "cited_document",
        (
            ("document_number", "发文字号"),
            ("title", "标题；二者至少有一个"),
        ),
    ),
    Record(
        "add",
        (
            ("path", "文件路径"),
            ("outcome", _values(Outcome)),
            ("message", "一句中文"),
            ("doc_id", "文件标识"),
            ("title", "标题"),
            ("version", "版本"),
            ("clauses", "条款个数"),
            ("warnings", "解析时发现的问题，如编号中断"),
        ),
    ),
    Record(
        "index",
        (
            ("documents", "文件个数"),
            ("clauses", "条款个数"),
            ("home", "数据目录"),
            ("files", "这次读入的文件，每个一项，见 add"),
        ),
    ),
    Record(
        "remove",
        (
            ("removed", "已移除文件的标识"),
            ("version", "版本"),
            ("title", "标题"),
        ),
    ),
    Record(
        "facts read",
        (
            ("file", "事实表的文件名"),
            ("facts", "读出的事实，见 fact"),
            ("issues", "有误或存疑之处，见 issue"),
            ("unplaced", "未能归位的文字，见 unplaced"),
        ),
    ),
    Record(
        "fact",
        (
            ("key", "字典中的标识"),
            ("label", "名称"),
            ("value", "内容，带单位；写明“未知”或未能采用时为 `null`"),
            ("file", "来源文件"),
            ("place", "在文件中的位置，如 `第3行`、`工作表“事实表”B2`、`表1第3行`"),
            ("words", "所依据的原话"),
            ("remarks", "怎样理解的，如按万元读入；没有则为 `[]`"),
        ),
    ),
    Record(
        "issue",
        (
            ("severity", "`错误` 没有采用或互相矛盾；`提醒` 已采用，请核对"),
            ("key", "有关的事实；与某一项无关时为 `null`"),
            ("message", "一句中文"),
            ("place", "位置"),
        ),
    ),
    Record(
        "unplaced",
        (
            ("place", "位置"),
            ("words", "原话"),
            ("nearest", "最接近的名称，至多三个"),
        ),
    ),
    Record(
        "check",
        (
            ("file", "事实表的文件名"),
            ("jurisdiction", "所用规则的辖区，GB/T 2260 代码；没有写明时为 `null`，只核对国家文件"),
            ("jurisdiction_name", "辖区名称"),
            ("base_date", "按哪一天判断"),
            ("counts", "各判定的条数，没有总分：" + _values(Verdict)),
            ("findings", "每条规则的判定，按文件和条款的次序，见 finding"),
            ("derived", "由程序核算的数，见 derived"),
            ("notices", "关于效力、辖区和文件未作规定之处，每项一句中文"),
            ("facts", "所用的事实，见 fact"),
            ("issues", "有误或存疑之处，见 issue"),
            ("unplaced", "未能归位的文字，见 unplaced"),
        ),
    ),
    Record(
        "finding",
        (
            ("rule", "规则编号"),
            ("title", "要求的概括"),
            ("verdict", "判定：" + _values(Verdict)),
            ("message", "一句中文：查到什么，怎样做"),
            ("doc_id", "所依据文件的标识"),
            ("document_number", "发文字号"),
            ("path", "条款路径"),
            ("quote", "条款原文，一字不改"),
            ("strength", "原文的力度，如 `应`、`原则上`、`可(附前提)`"),
            ("facts", "判断用到的事实（标识）"),
            ("missing", "还缺的事实，见 missing_fact"),
            ("steps", "逐项条件和算式，见 step"),
            ("remarks", "口径、歧义等说明"),
            ("reason", "填报人写的偏离理由；没有则为 `null`"),
        ),
    ),
    Record(
        "missing_fact",
        (
            ("key", "字典中的标识"),
            ("label", "名称"),
        ),
    ),
    Record(
        "step",
        (
            ("text", "代入事实后的条件，如 `综合体建筑面积 520㎡ ≥ 600㎡`"),
            ("holds", "是否成立；缺事实时为 `null`"),
        ),
    ),
    Record(
        "derived",
        (
            ("key", "字典中的标识"),
            ("label", "名称"),
            ("value", "核算结果，带单位"),
            ("arithmetic", "算式"),
        ),
    ),
    Record(
        "compare",
        (
            ("as_of", "基准日期"),
            ("columns", "各列：辖区或文件，见 column"),
            ("rows", "各主题一行，见 row"),
            ("summary", "全表综述，每句一项，见 statement"),
            ("notes", "读表须知，每项一句中文"),
            ("sources", "读过的文件，见 source"),
        ),
    ),
    Record(
        "column",
        (
            ("label", "列名"),
            ("jurisdiction", "GB/T 2260 代码，`000000` 为国家"),
            ("doc_ids", "这一列所读的文件"),
        ),
    ),
    Record(
        "row",
        (
            ("topic", "主题，见 topic"),
            ("cells", "各列一格，顺序同 `columns`，见 compared_cell"),
            ("differences", _values(Difference)),
            ("summary", "这一行的综述，每句一项，见 statement"),
            ("silent", "哪些列没有检出规定，每项一句中文"),
        ),
    ),
    Record(
        "topic",
        (
            ("id", "标识"),
            ("name", "名称"),
            ("group", "主题组"),
            ("is_free", "是否自拟主题"),
        ),
    ),
    Record(
        "compared_cell",
        (
            ("column", "列名"),
            ("status", _values(CellStatus)),
            ("figures", "数值，见 figure；未检出规定时必为空"),
            ("strength", "力度：" + _values(Strength)),
            ("bodies", "责任单位"),
            ("dates", "时间，如原文"),
            ("relation", "相对国家：" + _values(Relation) + "；国家自己和未检出规定时为 `null`"),
            ("reason", "作此判断的理由"),
            ("quotes", "依据的原文，最切题的在前，见 quote"),
            ("cited", "所指向的库外文件"),
            ("is_certain", "`false` 表示待核：自拟主题检索到的相近条款，可能说的是别的事项"),
            ("reviewed_by", "核对人；由程序抽取、未经人工核对的为 `null`"),
            ("reviewed_on", "核对日期；未经核对为 `null`"),
            ("review_note", "核对时留下的说明，含更正的数值（旧 → 新）；没有为 `null`"),
        ),
    ),
    Record(
        "figure",
        (
            ("operator", "`≥` `≤` `=` `≈` `>` `<`；`—` 为区间"),
            ("value", "数，十进制字符串；区间为下限"),
            ("high", "区间的上限"),
            ("unit", "统一后的单位，如 `㎡/百户`；金额一律为元"),
            ("is_approximate", "是否约数"),
            ("strength", "力度"),
            ("basis", "口径，如 `统计:平均`；口径不同的数值不可比"),
            ("subject", "对象，如原文"),
            ("printed", "数值，如原文"),
            ("words", "数值所在的半句，一字不改"),
            ("citation", "依据，见 citation"),
        ),
    ),
    Record(
        "quote",
        (
            ("strength", "这句话的力度"),
            ("citation", "依据，见 citation"),
        ),
    ),
    Record(
        "source",
        (
            ("doc_id", "文件标识"),
            ("title", "标题"),
            ("document_number", "发文字号"),
            ("jurisdiction", "适用地区"),
            ("issued_on", "成文日期"),
            ("effective_from", "施行日期"),
            ("expires_on", "失效日期"),
            ("is_trial", "是否试行或暂行"),
        ),
    ),
    Record(
        "lint",
        (
            ("path", "所检查的文件"),
            (
                "findings",
                "与 GB/T 9704—2012 不符之处，按版面、格式、序号、要素、文字、表格的次序，见 layout_finding",
            ),
        ),
        "有不符之处时以 3 退出。同一规则至多列 10 处，其余合为一处。",
    ),
    Record(
        "layout_finding",
        (
            ("rule", "规则，如 `page-margins`、`heading-gap`"),
            ("place", "位置：页面、页脚，或段落开头的文字"),
            ("found", "现状"),
            ("wanted", "要求"),
            ("message", "一句中文：哪里、怎样、应当怎样"),
        ),
    ),
    Record(
        "templates",
        (
            ("id", "编号，如 `CQ-D1`"),
            ("title", "文书名称"),
            ("heading", "稿件标题，花括号中是事实的键"),
            ("jurisdiction", "适用地区，GB/T 2260 代码"),
            ("document_type", "文种"),
            ("layout", "版式：`official` 公文、`agreement` 合同、`table` 表格"),
            ("prepared_by", "由谁编制"),
            ("submitted_to", "报送给谁"),
            ("recipient", "主送机关；不能确定的为 `null`"),
            ("carrier", "由什么公文承载"),
            ("depth", "编制深度；文件未规定的为 `null`"),
            ("closing", "结语；没有的为 `null`"),
            ("requires", "须先具备的事实"),
            ("notes", "使用时要注意的事项"),
            ("clauses", "整份文书的依据，见 template_clause"),
            ("sections", "各节，见 template_section"),
        ),
        "不写模板时为数组，每行一种文书；写了模板时为一个对象。",
    ),
    Record(
        "template_section",
        (
            ("key", "节的键"),
            ("title", "节的标题"),
            ("need", "`必` 或 `选`"),
            ("mark", "没有条款规定这一节的为“格式参照，非文件规定”，否则为空字符串"),
            ("content", "必须写清的内容"),
            ("annex", "是否作为附件"),
            ("facts", "所需事实的键，缺的写成【待补】"),
            ("optional_facts", "有则用上的事实"),
            ("clauses", "依据，见 template_clause"),
        ),
    ),
    Record(
        "template_clause",
        (
            ("kind", "`内容` 规定这份文书有此内容、`要求`、`支持`、`目标`、`定义`"),
            ("doc_id", "文件标识"),
            ("path", "条款路径"),
            ("quote", "原文，一字不改"),
            ("rule", "核对它的规则的编号"),
        ),
    ),
    Record(
        "diff",
        (
            ("before", "原：文件、版次、条款"),
            ("after", "现：文件、版次、条款"),
            ("counts", "各类条款的个数：`不变`、`移位`、`修改`、`删除`、`新增`"),
            ("pairs", "逐条，按现文的顺序，见 diff_pair"),
        ),
    ),
    Record(
        "diff_pair",
        (
            ("kind", "`不变`、`移位`（文字相同、位置不同）、`修改`、`删除` 或 `新增`"),
            ("before", "原条款，见 citation；新增的为 `null`"),
            ("after", "现条款，见 citation；删除的为 `null`"),
            ("likeness", "相同文字所占的份额，0—1"),
            ("pieces", "逐段文字：`kind` 为 `kept`（两边都有）、`removed` 或 `added`，`text` 一字不改"),
        ),
    ),
    Record(
        "review",
        (
            ("topic", "主题"),
            ("column", "辖区"),
            ("status", "核对之后的状态"),
            ("reviewed_by", "核对人；撤回之后为 `null`"),
            ("reviewed_on", "核对日期"),
            ("review_note", "说明，含更正的数值（旧 → 新）；没有为 `null`"),
        ),
    ),
    Record(
        "draft",
        (
            ("template", "模板编号"),
            ("title", "稿件标题"),
            ("jurisdiction", "模板的地区，GB/T 2260 代码"),
            ("as_of", "按哪一天有效的规定"),
            ("sections", "各节，正文开头在前，见 draft_section"),
            ("blanks", "全文的待补，含标题、主送机关和落款，各有 `name` 和 `unit`"),
            ("verdicts", "规则核对的各种判定各有几条"),
            ("notes", "对整份文书的提醒"),
            ("breaches", "各节之间不一致之处，见 draft_breach"),
        ),
        "提醒和待补的清单同时写到标准错误。",
    ),
    Record(
        "basket_clause",
        (
            ("number", "序号，`--clause` 用它"),
            ("topic", "比对的主题"),
            ("column", "来自哪个地区的一栏"),
            ("citation", "条款，见 citation"),
            ("is_fit", "这份草稿能不能引用它"),
        ),
        "`drafts cite` 不写 --clause 时列出的数组。",
    ),
    Record(
        "draft_section",
        (
            ("key", "节的键；`opening` 是正文开头"),
            ("title", "节的标题"),
            ("need", "`必` 或 `选`"),
            ("mark", "没有条款规定这一节的为“格式参照，非文件规定”，否则为空字符串"),
            ("annex", "是否作为附件"),
            ("status", "`草稿`、`已编辑`、`已锁定`、`已过时`"),
            ("text", "文字，一段或表格的一行占一行"),
            ("blanks", "待补，各有 `name` 和 `unit`"),
            ("facts", "所用事实的键"),
            ("citations", "所引条款：`doc_id`、`document_number`、`path`、`place`、`quote`"),
            ("notes", "没有写入什么、为什么、要核对什么"),
            ("breaches", "没有通过核对而未写入的句子，见 draft_breach"),
            ("model", "改写这一节的模型；没有的为 `null`"),
        ),
    ),
    Record(
        "draft_breach",
        (
            (
                "gate",
                "哪一道核对：`数字`、`名称`、`条款`、`力度`、`辖区`、`时效`、`依据`、`判定`、`结论`、`格式`、`一致`",
            ),
            ("words", "句子"),
            ("message", "一句中文：哪里不对"),
        ),
    ),
    Record(
        "serve",
        (("url", "网页地址"),),
        "服务可用后输出一行。",
    ),
)
