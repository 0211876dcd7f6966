"""The gate on names: bodies, persons, places, titles, 文号 and codes that nothing at hand names."""

from __future__ import annotations

import re

from assistant.drafting.gate_matter import is_plain
from assistant.drafting.gate_words import residue
from assistant.drafting.ground import Ground, cited_texts
from assistant.drafting.sentences import TITLE, Said, without_quotes
from indexing.folding import fold_tight
from indexing.jurisdictions import find_places
from indexing.segmentation import cut, tags

# "渝发改规范〔2024〕10号", "〔2025〕第3号"
_NUMBER = re.compile(r"[\u4e00-\u9fff]{0,8}[〔\[（(]\s*\d{4}\s*[〕\]）)]\s*第?\d+号")
_BODY = re.compile(
    r"有限责任公司|股份公司|有限公司|公司|集团|委员会|办事处|人民政府|管理局|分局|基金会|协会|学会|研究院|设计院|事务所|服务中心|"
    r"合作社|工作室|大学|学院|医院|银行|街道|社区|小区|村委会|居委会|酒店|超市|幼儿园|养老院|局(?![面部限势])|厅(?![堂])"
)
# bodies with names of their own; what a fact names is gone before this is looked for
_COMPANY = re.compile(
    r"有限责任公司|股份公司|有限公司|公司|集团|基金会|研究院|设计院|事务所|合作社|工作室|大学|学院|医院|银行"
)
_HOW_MANY = re.compile(r"^[一二两三四五六七八九十几各]+[个处家所]")  # 两个社区
_LONG_TAIL = 6
_TAIL = 4  # characters before such a word that must be known with it
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{15,20}(?![0-9A-Z])|1[3-9]\d{9}|[\w.]+@[\w.]+")
_LATIN = re.compile(r"[A-Za-z]{2,}")


def strange_names(said: Said, ground: Ground, own_words: str) -> list[str]:
    """Organisations, titles, 文号, codes and unusual words that nothing at hand names."""
    allowed = f"{ground.folded}｜{own_words}｜{fold_tight('｜'.join(cited_texts(said.citations)))}"
    wider = f"{allowed}｜{ground.documents}"
    text = said.text
    found = [
        one
        for one in TITLE.findall(text)
        if fold_tight(one.strip("《》")) not in wider and one not in ground.short_names
    ]
    found += [one for one in _NUMBER.findall(text) if not _tail_known(fold_tight(one), wider)]
    found += [one for one in _CODE.findall(text) if fold_tight(one) not in allowed]
    found += [one for one in _LATIN.findall(without_quotes(said.text)) if fold_tight(one) not in allowed]
    left = residue(said, ground)
    places = (one.text for one in find_places(left))
    found += [one for one in places if fold_tight(one) not in allowed and one not in ground.own_place]
    for body in _BODY.finditer(left):
        before = _LONG_TAIL if _COMPANY.fullmatch(body.group()) else _TAIL
        piece = left[max(0, body.start() - before) : body.end()].split(" ")[-1]
        piece = re.split(r"[，。、；：（）]", piece)[-1]
        piece = _HOW_MANY.sub("", piece)
        known = piece if _COMPANY.fullmatch(body.group()) else piece[-(len(body.group()) + 2) :]
        if len(piece) > len(body.group()) and fold_tight(known) not in wider and not _is_built(piece, wider):
            found.append(piece)
    found += _companies_built_on_facts(text, left, wider)
    found += [each for each in (*_people(left), *_unusual(left)) if each not in wider]
    return list(dict.fromkeys(found))


def _is_built(piece: str, known: str) -> bool:
    """Whether words that end like a body name none: 集中布局, 每百户居民社区, each word at hand."""
    *before, last = cut(piece)
    if _BODY.fullmatch(last) is None and is_plain(last):
        return True
    if _COMPANY.search(last) or (len(before) < _PAIR and fold_tight(last) not in known):
        return False
    told = [each for each in before if len(each) > 1 and tags(each) != ["m"]]  # 南园两个社区
    return all(fold_tight(each) in known for each in told)


_PAIR = 2


def _companies_built_on_facts(text: str, left: str, known: str) -> list[str]:
    """江北嘴养老服务集团: its last words are a fact's, and the whole is nobody's."""
    bare = {
        one.group() for one in _COMPANY.finditer(left) if left[max(0, one.start() - 1) : one.start()] == " "
    }
    out = []
    for one in _COMPANY.finditer(without_quotes(text)):
        run = re.search(r"[\u4e00-\u9fff]{0,8}$", text[: one.start()])
        before = run.group() if run else ""
        if (
            one.group() in bare
            and len(before) >= 2
            and fold_tight(before[-_TAIL:] + one.group()) not in known
        ):
            out.append(before + one.group())
    return out


_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
# 经张晓梅同志, 由王建军、陈静等骨干组成
_PERSON = re.compile(
    rf"(?:[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=同志|主任|书记|科长|处长|局长|区长|镇长|经理|先生|女士|教授|院长|站长|会长|等(?:人|骨干|同志|专家|专业))"
    rf"|(?<=[由经为是：])(?:[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=[、，](?:[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}[、，等])|担任|牵头|任组长)"
)


def _people(text: str) -> list[str]:
    """Names of persons, by a surname before a title or in an enumeration of such names."""
    return [one.group() for one in _PERSON.finditer(text)]


def _tail_known(number: str, known: str) -> bool:
    """Whether a 文号 is known, with as many characters before it as a sentence may have put there."""
    core = re.search(r"[^\u4e00-\u9fff].*$", number)
    return core is not None and any(number[at:] in known for at in range(max(1, core.start() - 1)))


def _unusual(text: str) -> list[str]:
    """Runs of three or more single characters that make no words: most often a person's name."""
    out: list[str] = []
    for run in re.findall(r"[\u4e00-\u9fff]{3,}", text):
        held = ""
        for piece in cut(run):
            if len(piece) == 1 and piece not in _COMMON:
                held += piece
                continue
            if len(held) >= 3:
                out.append(held)
            held = ""
        if len(held) >= 3:
            out.append(held)
    return out


_COMMON = frozenset(
    "的了和与及或在对为以等是有将按由从并各其该本可应要不中上下内外后前共另均已未无并且使到给向被把所这那其个项户人年月日元处次"
)
