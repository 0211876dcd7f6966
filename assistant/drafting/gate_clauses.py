"""The clause gate: citations that hold, quotes that are verbatim, article numbers that exist."""

from __future__ import annotations

import re

from assistant.drafting.ground import Ground, cited_texts
from assistant.drafting.sentences import BLANK, QUOTED, Said
from assistant.drafting.shelf import Refused
from assistant.types import Citation
from assistant.writing.citing import display_path
from indexing.folding import fold_tight
from indexing.numerals import NUMERAL

_ARTICLE = re.compile(
    rf"第\s*(?:{NUMERAL})\s*(?:条|章|款|项)(?:第\s*(?:{NUMERAL}|（[一二三四五六七八九十]+）)\s*(?:款|项))*"
)

_TERM = 12  # a term in quotes, “查漏补缺”, may be one of the documents at hand without a footnote


def false_citations(said: Said, ground: Ground, own_words: str) -> list[str]:
    """Citations that are not of this library and place, quotes and article numbers nobody wrote."""
    found = [one.path for one in said.citations if not _holds(one, ground)]
    allowed = f"{ground.folded}｜{fold_tight('｜'.join(cited_texts(said.citations)))}"
    for quote in QUOTED.findall(BLANK.sub("", said.text)):
        words = fold_tight(quote[1:-1])
        is_term = len(words) <= _TERM and (words in ground.documents or words in own_words)
        if words not in allowed and not is_term:
            found.append(quote)
    addresses = "｜".join(fold_tight(display_path(one.path)) for one in said.citations)
    for article in _ARTICLE.findall(QUOTED.sub("", said.text)):
        if fold_tight(article) not in addresses and fold_tight(article) not in allowed:
            found.append(article)
    return found


def _holds(citation: Citation, ground: Ground) -> bool:
    """Whether the quote stands in the clause as the library holds it, and may be cited."""
    found = ground.case.shelf.find(f"{citation.doc_id}#{citation.path}", citation.quote)
    return not isinstance(found, Refused) and found.text_hash == citation.text_hash
