"""The assistant's branch of the error tree.

PolicyAssistantError                (indexing/errors.py)
└── AssistantError                  an answer cannot be made
    ├── CitationError               a quote does not lie in the clause it is said to come from
    ├── UnknownFilter               no place or part goes by the name given
    ├── UnknownTemplate             no template goes by the name given
    └── WriterUnavailable           the writer cannot be reached; the extractive one always can
"""

from indexing.errors import PolicyAssistantError


class AssistantError(PolicyAssistantError):
    """An answer cannot be made, for a reason a user may read."""


class CitationError(AssistantError):
    """A quote does not lie in the clause it is said to come from."""


class UnknownFilter(AssistantError):
    """No place or part goes by the name a caller restricts to, or several do."""


class UnknownTemplate(AssistantError):
    """No template of an application document goes by the name given."""


class WriterUnavailable(AssistantError):
    """The writer cannot be reached or refused to write."""
