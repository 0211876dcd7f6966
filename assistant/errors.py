"""The assistant's branch of the error tree.

PolicyAssistantError                (indexing/errors.py)
└── AssistantError                  an answer cannot be made
    ├── CitationError               a quote does not lie in the clause it is said to come from
├── ColumnError                 the places or documents named cannot be set side by side
├── TopicError                  a topic cannot be compared on as it is named
    ├── UnknownFilter               no place or part goes by the name given
    ├── UnreadableFacts             a fact sheet cannot be read at all
    ├── UnknownTemplate             no template goes by the name given
    ├── WrongPlace                  a document of one place is asked for with the facts of another
    └── WriterUnavailable           the writer cannot be reached; the extractive one always can
"""

from indexing.errors import PolicyAssistantError


class AssistantError(PolicyAssistantError):
    """An answer cannot be made, for a reason a user may read."""


class CitationError(AssistantError):
    """A quote does not lie in the clause it is said to come from."""


class ColumnError(AssistantError):
    """The places or documents a comparison is asked for cannot be set side by side."""


class TopicError(AssistantError):
    """A topic of a comparison is blank, one of too many, or cannot be read from its file."""


class UnknownFilter(AssistantError):
    """No place or part goes by the name a caller restricts to, or several do."""


class UnreadableFacts(AssistantError):
    """A fact sheet cannot be read at all: missing, damaged, of another format, too large."""


class UnknownTemplate(AssistantError):
    """No template of an application document goes by the name given."""


class WrongPlace(AssistantError):
    """A document of one place is asked for with the facts of another."""


class WriterUnavailable(AssistantError):
    """The writer cannot be reached or refused to write."""
