"""The assistant's branch of the error tree.

PolicyAssistantError                (indexing/errors.py)
└── AssistantError                  an answer cannot be made
    ├── CitationError               a quote does not lie in the clause it is said to come from
    ├── ColumnError                 the places or documents named cannot be set side by side
    ├── DifferenceError             the two things named cannot be compared word by word
    ├── ReviewError                 what a person confirms or corrects cannot be kept
    ├── TopicError                  a topic cannot be compared on as it is named
    ├── UnknownFilter               no place or part goes by the name given
    ├── UnreadableFacts             a fact sheet cannot be read at all
    ├── UnknownTemplate             no template goes by the name given
    ├── CannotArrange               a section of a draft cannot be added, taken out or moved
    ├── WrongPlace                  a document of one place is asked for with the facts of another
    └── WriterUnavailable           the language model cannot be reached or writes nothing usable
        ├── WriterRefused           address, key or model are wrong: asking again is of no use
        ├── WriterTooSlow           a deadline passed
        └── WriterCancelled         whoever asked has had enough
"""

from indexing.errors import PolicyAssistantError


class AssistantError(PolicyAssistantError):
    """An answer cannot be made, for a reason a user may read."""


class CitationError(AssistantError):
    """A quote does not lie in the clause it is said to come from."""


class ColumnError(AssistantError):
    """The places or documents a comparison is asked for cannot be set side by side."""


class DifferenceError(AssistantError):
    """The clauses, documents or versions named cannot be compared word by word."""


class ReviewError(AssistantError):
    """What a person confirms or corrects of a comparison contradicts itself or cannot be kept."""


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


class CannotArrange(AssistantError):
    """A section cannot be added, taken out, moved, or given the clause it should have."""


class WriterUnavailable(AssistantError):
    """The language model cannot be reached, or writes nothing usable; the extractive writer always does."""


class WriterRefused(WriterUnavailable):
    """The service refuses: address, key or model are wrong, and asking again is of no use."""


class WriterTooSlow(WriterUnavailable):
    """The model did not write, or did not end, in time."""


class WriterCancelled(WriterUnavailable):
    """Whoever asked has had enough; no failure of the model."""
