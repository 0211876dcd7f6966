"""What a document says of itself: title, number, authorities, dates, validity, annexes, citations.

Read from the clauses of any document; what the text does not say is None or empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indexing.folding import fold_tight
from indexing.jurisdictions import NATION, jurisdiction_of_text
from indexing.readers.patterns import DATE_SOURCE, DOCUMENT_NUMBER_SOURCE, ORGANISATION, TITLE_END
from indexing.types import CitedDocument, Clause, Level, Metadata
from indexing.validity import DATE_IN_TEXT, effective_from, read_date, validity

_FORWARDED = re.compile(
    r"(?:转发|批转)(?P<by>.{2,40}?)(?:制定的|制订的|拟定的|拟订的|起草的|提出的|等部门|关于|《)"
)
_CITED = re.compile(
    rf"《(?P<title>[^《》]{{2,150}})》(?:\s*[（(]\s*(?P<number>{DOCUMENT_NUMBER_SOURCE})[^）)]{{0,20}}[）)])?|(?P<bare>{DOCUMENT_NUMBER_SOURCE})"
)
_ANNEX_NEXT = re.compile(r"(?<=[；;])\s*(?=\d{1,2}\s*[.、．])")
_YEAR = re.compile(r"[〔\[（(【［]\s*(?:19|20)\d{2}\s*[〕\]）)】］]")
_CONGRESS = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,12}?)第[一二三四五六七八九十]+届(?P<body>人民代表大会(?:常务委员会)?)"
)
_ORDERED = re.compile(r"日\s*(?P<by>[\u4e00-\u9fff]{2,20}?(?:人民政府|国务院|委员会|总局|部|局|署))令\s*第")
_ANNEX_ITEM = re.compile(
    r"^(?:附\s*件?\s*[:：]?\s*)?(?:附件\s*)?(?:[\d一二三四五六七八九十]{1,2}(?:[-—][\d]+)?\s*[.．、:：]\s*)?"
)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The clauses that carry metadata, by path."""

    texts: dict[str, str]

    def get(self, *paths: str) -> str | None:
        return next((self.texts[path] for path in paths if path in self.texts), None)


def read_metadata(clauses: Sequence[Clause]) -> Metadata:
    """What the clauses of one document say of it."""
    frame = _Frame({clause.path: clause.text for clause in clauses if clause.level is Level.FRAME})
    title = _title(frame)
    number = _document_number(frame)
    issued_on = _issued_on(frame)
    printed_on = _last_date(frame.get("版记"))
    effective, inferred = effective_from(clauses, issued_on, printed_on)
    valid_for, expires, expires_inferred = validity(clauses, effective)
    attachments = _attachments(frame, clauses)
    authorities = _authorities(title, frame)
    return Metadata(
        title=title,
        document_number=number,
        document_type=_document_type(title),
        issuing_authorities=authorities,
        drafted_by=_drafted_by(title, frame),
        jurisdiction=_jurisdiction(authorities, title),
        issued_on=issued_on,
        drafted_on=_last_date(frame.get("正文/落款")),
        printed_on=printed_on,
        effective_from=effective,
        effective_from_inferred=inferred,
        valid_for=valid_for,
        expires_on=expires,
        expires_on_inferred=expires_inferred,
        is_trial=any(
            word in (each or "") for each in (title, frame.get("正文/标题")) for word in ("试行", "暂行")
        ),
        attachments=attachments,
        cited_documents=_cited(clauses, title, frame, attachments, number),
    )


def _title(frame: _Frame) -> str | None:
    """The title; of an order or announcement that publishes a document, that document's."""
    outer = clean_title(
        frame.get("标题") or next((t for p, t in frame.texts.items() if p.endswith("/标题")), None)
    )
    inner = clean_title(frame.get("正文/标题"))
    return inner if inner and (outer is None or outer.endswith(("令", "公告"))) else outer


def _document_number(frame: _Frame) -> str | None:
    """文号 without white space; 第707号 of an order is completed by the order's name."""
    text = frame.get("发文字号")
    if not text:
        return None
    number = re.sub(r"\s+|签\s*发\s*人.*", "", text.splitlines()[0]).strip("（）()")
    if number[0] not in "第〔[［12":
        return number
    issuer = clean_title(frame.get("标题")) or ""  # 第707号 is numbered within the orders of its issuer
    return (issuer if issuer.endswith("令") else "".join(_authorities(issuer, frame)[:1]) or issuer) + number


def clean_title(text: str | None) -> str | None:
    """A title on one line: wraps closed up, one space between the authorities of a joint notice.

    >>> clean_title("关于转发 市发展改革委制订的《实施 方案》的通知")
    '关于转发市发展改革委制订的《实施方案》的通知'
    """
    if not text:
        return None
    out = ""
    for token in text.split():
        joint = (
            out and ORGANISATION.fullmatch(out.rsplit(" ", 1)[-1]) and not token.startswith(("关于", "《"))
        )
        head = token.split("关于", 1)[0]
        out += f" {token}" if joint and ORGANISATION.fullmatch(head) else token
    return out


def _last_date(text: str | None) -> date | None:
    dates = [parsed for found in DATE_IN_TEXT.finditer(text or "") if (parsed := read_date(found.group(0)))]
    return dates[-1] if dates else None


def _issued_on(frame: _Frame) -> date | None:
    signed = _last_date(frame.get("落款"))
    if signed or frame.get("通知"):
        return signed
    history = frame.get("题注", "正文/题注")
    if history:  # the last adoption or amendment; 施行 dates are another thing
        adopted = re.sub(rf"{DATE_SOURCE}\s*(?:起)?(?:施行|实施|生效)", "", history)
        dates = [parsed for found in DATE_IN_TEXT.finditer(adopted) if (parsed := read_date(found.group(0)))]
        return max(dates) if dates else None
    return _last_date(frame.get("正文/落款", "署名"))


def _document_type(title: str | None) -> str | None:
    found = TITLE_END.search(title or "")
    if not found:
        return None
    kind = re.sub(r"\s*[（(〔\[].*$", "", found.group(0))
    general = re.search(r"(?:方案|计划|办法|意见|细则|规定|措施|分工|通知)$", kind)
    return (
        general.group(0)
        if general
        and kind.startswith(("实施", "工作", "建设", "行动", "管理", "暂行", "指导", "若干", "任务"))
        else kind
    )


def _authorities(title: str | None, frame: _Frame) -> tuple[str, ...]:
    named = _names(re.split(r"关于|转发|批转|印发", title or "")[0])
    signed = _signatories(frame.get("落款") or "")
    if not named and not signed:
        banner = re.sub(r"文件$", "", (frame.get("版头") or "").splitlines()[0]) if frame.get("版头") else ""
        named = (
            _names(banner)
            or _of_order(frame)
            or _signatories(frame.get("正文/落款") or "")
            or _congress(frame)
            or _of_history(frame)
        )
    if len(signed) > len(named):
        return signed
    return named


def _of_order(frame: _Frame) -> tuple[str, ...]:
    """中华人民共和国国务院令 is an order of 国务院."""
    order = clean_title(frame.get("标题")) or ""
    return (order.removesuffix("令").removeprefix("中华人民共和国"),) if order.endswith("令") else ()


def _names(text: str) -> tuple[str, ...]:
    names = [each for each in re.split(r"[\s、]+", text.strip()) if each]
    return tuple(names) if names and all(ORGANISATION.fullmatch(each) for each in names) else ()


def _signatories(text: str) -> tuple[str, ...]:
    names = [name for line in text.splitlines() for name in _names(DATE_IN_TEXT.sub("", line))]
    return tuple(dict.fromkeys(names))


def _congress(frame: _Frame) -> tuple[str, ...]:
    found = _CONGRESS.search(frame.get("题注", "正文/题注") or "")
    if not found:
        return ()
    place = "" if found.group("place").endswith(("日", "年", "国")) else found.group("place")
    return (f"{place or '全国'}{found.group('body')}",)


def _of_history(frame: _Frame) -> tuple[str, ...]:
    """（2020年3月1日苏州市人民政府令第152号公布）: the government whose order it was."""
    found = _ORDERED.search(frame.get("题注", "正文/题注") or "")
    return (found.group("by").removeprefix("中华人民共和国"),) if found else ()


def _drafted_by(title: str | None, frame: _Frame) -> tuple[str, ...]:
    if not title or not re.search(r"转发|批转", title):
        return ()
    signed = _signatories(frame.get("正文/署名") or "") or _signatories(frame.get("正文/落款") or "")
    if signed:
        return signed
    found = _FORWARDED.search(title)
    return _names(found.group("by").strip()) if found else ()


def _jurisdiction(authorities: tuple[str, ...], title: str | None) -> str | None:
    """The first place that authorities or title name; one the gazetteer lacks only where it is alone."""
    found = [code for name in (*authorities, title or "") if name and (code := jurisdiction_of_text(name))]
    if found and not found[0].isdecimal():
        known = [code for code in found if code.isdecimal() and code != NATION]
        return (known or found)[0]
    return next(iter(found), None)


def _attachments(frame: _Frame, clauses: Sequence[Clause]) -> tuple[str, ...]:
    listed = frame.get("附件说明")
    if listed:
        lines = [piece for line in listed.splitlines() for piece in _ANNEX_NEXT.split(line)]
        items = [_ANNEX_ITEM.sub("", line.strip()).strip(" ；;") for line in lines]
        return tuple(clean_title(each) or each for each in items if each)
    parts = [clause for clause in clauses if clause.level is Level.PART and clause.path != "解读"]
    titles = [clean_title(frame.get(f"{part.path}/标题")) for part in parts]
    marks = [_ANNEX_ITEM.sub("", part.mark or "").strip() for part in parts]
    return tuple(title or mark or part.path for title, mark, part in zip(titles, marks, parts, strict=True))


def _cited(
    clauses: Sequence[Clause],
    title: str | None,
    frame: _Frame,
    attachments: tuple[str, ...],
    number: str | None,
) -> tuple[CitedDocument, ...]:
    """Documents named in the text, without the document itself and what it issues."""
    own = {_key(each) for each in (title, clean_title(frame.get("正文/标题")), *attachments) if each}
    own |= {_key(clean_title(text) or "") for path, text in frame.texts.items() if path.endswith("标题")}
    numbers = {fold_tight(number)} if number else set()
    titles: dict[str, CitedDocument] = {}
    bare: dict[str, CitedDocument] = {}
    for clause in clauses:
        if clause.level is Level.FRAME and clause.path.endswith(("标题", "发文字号")):
            continue
        for start, end in clause.own:
            piece = clause.text[start - clause.start : end - clause.start]
            if "《" in piece or _YEAR.search(piece):
                for found in _CITED.finditer(piece):
                    _note(found, own, numbers, titles, bare)
    named: dict[str, CitedDocument] = {}  # one entry a number, under the first title it is cited by
    for key, each in titles.items():
        named.setdefault(fold_tight(each.document_number) if each.document_number else key, each)
    return (*named.values(), *(each for key, each in bare.items() if key not in named))


def _key(title: str) -> str:
    return re.sub(r"\((?:试行|暂行)\)$", "", fold_tight(title)).strip("《》[]")


def _note(
    found: re.Match[str],
    own: set[str],
    numbers: set[str],
    titles: dict[str, CitedDocument],
    bare: dict[str, CitedDocument],
) -> None:
    if found.group("bare"):
        number = re.sub(r"\s+", "", found.group("bare"))
        number = re.sub(r"^(?:按照|根据|依据|结合|落实|执行|参照|见|和|与|及|由|按)+", "", number)
        if fold_tight(number) not in numbers:
            bare.setdefault(fold_tight(number), CitedDocument(number, None))
        return
    title = clean_title(found.group("title")) or ""
    number_text = re.sub(r"\s+", "", found.group("number")) if found.group("number") else None
    if _key(title) in own or (number_text is None and not TITLE_END.search(title)):
        return
    before = titles.get(_key(title))
    if before is None or (before.document_number is None and number_text):
        titles[_key(title)] = CitedDocument(number_text, title)
