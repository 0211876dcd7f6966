"""Answers to what a document says of itself: 施行日期, 有效期, 文号, 发文机关."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.choosing import search_in
from assistant.deciding import with_validity, with_verdict
from assistant.findings import Finding, verified
from assistant.particulars import is_about_document, particulars
from assistant.question import Question
from assistant.scopes import Desk, Scope, documents_in
from assistant.terms import content_terms
from indexing.aspects import ASPECT_WORDS, Aspect

# What a question claims of a document beside the aspect it names: 是2023年12月, 是市民政局
_CLAIMS = re.compile(
    r"(?:截至|截止到?|到了?)?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|还?[能可]|继续|仍然?|当作?依据"
)


def from_documents(question: Question, scopes: Sequence[Scope], desk: Desk) -> Finding | None:
    """What documents say of themselves; None when the question is not about a document itself."""
    if not question.aspects:
        return None
    rest = replace(question, body=_CLAIMS.sub(" ", ASPECT_WORDS.sub(" ", question.body)))
    words = [term.surface for term in content_terms(rest, desk.library)]
    out = Finding()
    documents = list(dict.fromkeys(d.doc_id for scope in scopes for d in documents_in(scope, desk)))
    fitting = [d for d in documents if is_about_document(words, desk.library.document(d), desk.library)]
    if not fitting:
        return None
    for doc_id in fitting[:5]:
        statements, missing = particulars(
            question.aspects, desk.library.document(doc_id), desk.library, desk.as_of
        )
        document = desk.library.document(doc_id)
        if question.aspects == (Aspect.EXPIRY,):
            statements = [with_validity(question, one, document, desk.as_of) for one in statements]
        decided = with_verdict(question, statements, (), desk.library)
        out += verified(decided, desk) + Finding(missing=tuple(missing))
    hits = tuple(hit for scope in scopes for hit in search_in(question, scope, desk))
    return out + Finding(hits=hits)
