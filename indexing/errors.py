"""The trunk of the error tree.

PolicyAssistantError
├── CorpusError                a document cannot become clauses
│   ├── UnreadableDocument     missing, empty, binary, unknown encoding
│   └── ClauseParseError       text was read, but no clause could be made of it
├── IndexingError              catalog or derived index
│   ├── StaleIndex             derived from another corpus, or damaged; rebuilt from the catalog
│   ├── EncoderError           no vectors can be had of the configured model
│   │   ├── EncoderMismatch    the folder, name or service holds no model that can be run here
│   │   └── EncoderUnavailable the service is silent or answers nonsense, or memory ran out
│   ├── RerankerUnavailable    the configured reranker cannot be loaded or failed
│   ├── DamagedRecord          a stored document no longer matches its checksum
│   ├── UnknownDocument        no document, or more than one, goes by the name given
│   ├── UnknownDraft           no draft, or more than one, goes by the number given
│   ├── HomeUnusable           CEWEN_HOME cannot be created, read or written
│   └── HomeBusy               another process is indexing
├── SettingsError              config.toml, environment or flag has a wrong value
└── AssistantError             drawn in assistant/errors.py

Every message is one Chinese sentence a user may read: what was found, where,
and what to do next.
"""


class PolicyAssistantError(Exception):
    """Anything Cewen knows how to explain; `str(error)` is fit for a user's eyes."""


class CorpusError(PolicyAssistantError):
    """A document cannot become clauses."""


class UnreadableDocument(CorpusError):
    """The file is missing, empty, binary, or in an encoding we do not know."""


class ClauseParseError(CorpusError):
    """The text was read, but no clause could be made of it."""


class IndexingError(PolicyAssistantError):
    """The catalog or an index derived from it cannot be used."""


class StaleIndex(IndexingError):
    """The derived index does not match the catalog, or one of its files is damaged."""


class EncoderError(IndexingError):
    """No vectors can be had of the configured model; words can still be searched."""


class EncoderMismatch(EncoderError):
    """What was configured is no model this version can run."""


class EncoderUnavailable(EncoderError):
    """The model or the service is there in principle and gave no usable vectors just now."""


class RerankerUnavailable(IndexingError):
    """The configured reranker cannot be loaded, or failed; the fused order stands."""


class DamagedRecord(IndexingError):
    """A document in the catalog no longer matches the checksum stored with it."""


class UnknownDocument(IndexingError):
    """No document, or more than one, goes by the name given."""


class UnknownDraft(IndexingError):
    """No draft or version of one, or more than one, goes by the number given."""


class HomeUnusable(IndexingError):
    """CEWEN_HOME cannot be created, read or written."""


class HomeBusy(IndexingError):
    """Another process is changing CEWEN_HOME."""


class SettingsError(PolicyAssistantError):
    """A setting has a value that cannot be used."""
