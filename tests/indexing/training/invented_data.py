"""A small invented data folder in the form of the public sets, for tests of training."""

import gzip
import json
from pathlib import Path
from typing import Any

from indexing.training.splits import RULES

SUBJECTS = (
    "燃放烟花", "饲养犬只", "占用车位", "安装电梯", "收集垃圾", "租赁房屋", "经营摊位", "搭建棚架",
    "使用泳池", "种植蔬菜", "停放单车", "举办集市", "张贴广告", "维修管道", "检测井盖", "运送货物",
)  # fmt: skip


def article(subject: str) -> str:
    """An invented rule on `subject`; no two share most of their wording."""
    return f"{subject}的，应当在{subject[::-1]}七日以前向云岭镇{subject}办公室报告{subject[2:]}情况。"


def question(subject: str) -> str:
    """A question `article(subject)` answers."""
    return f"我想问问{subject}这件事{subject[::-1]}要先跟谁说一声"


def write_data(folder: Path) -> Path:
    """All sets of `RULES`, with statutes and news that repeat every one of their questions and passages."""
    for rule in RULES:
        _write_set(folder / rule.name)
    law = "\n".join(
        f"第{mark}条 {article(subject)}"
        for mark, subject in zip("一二三四五六七八九十", SUBJECTS, strict=False)
    )
    _write(
        folder / "laws" / "laws.jsonl.gz",
        [
            {"title": "云岭镇条例", "date": "2025-01-01", "text": f"第一章 总则\n{law}"},
            {
                "title": "云岭镇细则",
                "date": "2025-02-01",
                "text": "第一条 目的是方便生活。镇政府负责实施本细则。",
            },
        ],
    )
    _write(folder / "policy_docs" / "docs.jsonl", [{"title": "通知", "text": "一、总体要求。坚持需求导向。"}])
    _write(folder / "gov_reports" / "reports.jsonl", [{"title": "报告", "text": "过去一年。经济增长。"}])
    quoted = "".join(f"居民说：{question(subject)}？{article(subject)}" for subject in SUBJECTS)
    _write(
        folder / "news" / "xinwenlianbo.jsonl", [{"title": "【快讯】春耕开始", "text": "农民下田。" + quoted}]
    )
    _write(folder / "news" / "crud_news.jsonl", [{"text": "小镇新闻。" + quoted + "集市热闹。"}])
    _write(folder / "pairs" / "cilin_synonym.jsonl", [{"q": "食堂", "p": "饭堂"}])
    return folder


def write_written(folder: Path) -> Path:
    """Questions of ours about two documents, one of which only reports."""
    ours = {"q": "孩子放学没人接怎么办呀", "p": "学校可以提供课后服务。", "doc": "甲", "split": "train"}
    kept = {
        "q": "家里老人夜里摔倒了找哪个",
        "p": "应急呼叫由街道受理并且及时转办。",
        "doc": "乙",
        "split": "report",
    }
    _write(folder / "one.jsonl", [row | {"register": "resident"} for row in (ours, kept)])
    return folder


def _write_set(folder: Path) -> None:
    passages = [
        {"id": f"p{n}", "title": subject, "text": article(subject)} for n, subject in enumerate(SUBJECTS)
    ]
    queries = [{"id": f"q{n}", "text": question(subject) + "？"} for n, subject in enumerate(SUBJECTS)]
    _write(folder / "corpus.jsonl", passages)
    _write(folder / "queries.jsonl", [*queries, {"id": "q99", "text": "没有答案的问题"}])
    _write(folder / "qa.jsonl", [{"id": f"q{n}", "answers": ["七日"]} for n in range(len(SUBJECTS))])
    _write(
        folder / "answers_lecoqa.jsonl", [{"id": "q0", "answer": "放烟花要先报告。提前一周就行了吧大概。"}]
    )
    lines = [f"q{n}\tp{n}\t1" for n in range(len(SUBJECTS))] + ["q1\tp2\t1", "q3\tp4\t0"]
    (folder / "qrels.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
