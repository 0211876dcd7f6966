"""Invented wording for generated policies: sentences full of quoted marks, no claim about anything.

Every reference to an article, chapter or annex stands behind a verb, so that a wrap may
put 第五条 at the start of a line while the sentence still shows it is only quoted.
"""

from __future__ import annotations

import random

PLACES = ("云岭市", "江湾市", "望海市", "青原市")
AUTHORITIES = ("人民政府办公室", "发展和改革委员会", "住房和城乡建设局")
TOPICS = (
    "社区食堂服务设施建设",
    "老旧小区适老化改造",
    "托育服务机构管理",
    "公共体育场地开放",
    "家政服务提质扩容",
)
BODIES = (
    "市民政局",
    "市财政局",
    "市卫生健康委",
    "市住房城乡建设委",
    "市规划自然资源局",
    "市发展改革委",
    "各区县人民政府",
    "市市场监管局",
)
HEADINGS = (
    "加强组织领导",
    "完善设施规划布局",
    "强化要素保障",
    "健全运营管理机制",
    "提升服务供给质量",
    "规范资金使用管理",
    "优化审批服务流程",
    "压实属地责任",
)
LONG_HEADINGS = (
    "优化空间资源配置，完善社区公共服务设施网络布局",
    "统筹推进服务设施规划布局和建设运营管理，全面提升社区公共服务供给质量和管理服务水平",
    "创新投融资和建设运营模式，促进普惠性服务设施持续健康发展",
)
_REFERENCES = (
    "依照本办法第{article}的规定",
    "违反本办法第{article}第二款规定的",
    "符合第{article}至第{other}要求的",
    "按照《云岭市物业管理条例》第{article}、第{other}的规定",
    "属于本条第一款第（三）项所列情形的",
    "根据本文件第二章、第三章要求",
    "参照附件1和附件2",
    "依据云政发〔2023〕12号文件第一、二项任务",
    "不适用第{article}之一规定的",
)
_VERBS = ("组织编制", "统筹推进", "指导督促", "审核公布", "建立健全", "定期评估", "按季度报送")
_OBJECTS = (
    "年度建设计划",
    "资金使用和绩效管理制度",
    "“一老一小”服务场景清单",
    "不少于30平方米的服务用房",
    "3项以上服务功能",
    "“建设—运营—评价”闭环机制",
    "设施运营评估报告（含附表）",
    "公建民营、民办公助等多种模式",
)
_ADVERBS = ("应当", "负责", "会同有关部门", "根据实际需要", "可以", "按照职责分工")


def _reference(rng: random.Random) -> str:
    numerals = ("三条", "五条", "七条", "十二条", "二十一条")
    return rng.choice(_REFERENCES).format(article=rng.choice(numerals), other=rng.choice(numerals))


def sentence(rng: random.Random) -> str:
    """One sentence ending in 。; two in five quote an article, chapter or annex."""
    clause = f"{rng.choice(BODIES)}{rng.choice(_ADVERBS)}{rng.choice(_VERBS)}{rng.choice(_OBJECTS)}"
    if rng.random() < 0.4:
        clause = f"{_reference(rng)}，{clause}"
    if rng.random() < 0.5:
        clause += f"，{rng.choice(_VERBS)}{rng.choice(_OBJECTS)}"
    return clause + "。"


def long_sentence(rng: random.Random) -> str:
    """A sentence without quoted marks, at least twenty characters."""
    return f"{rng.choice(_VERBS)}{rng.choice(_OBJECTS)}，并{rng.choice(_VERBS)}{rng.choice(_OBJECTS)}。"
