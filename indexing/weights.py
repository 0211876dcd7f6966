"""What each signal of a search is worth: learned by `indexing.training.train_fusion`, read from one file.

The file is plain JSON that a person can read and change: a weight a signal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from indexing.errors import IndexingError
from indexing.files import reason
from indexing.fusion import Source
from indexing.segmentation import dictionary_fingerprint
from indexing.types import Encoder

SENTENCE_MODEL_FACTOR = 3.5
"""How much more the dense signals weigh when a model that reads sentences makes the vectors.

Not learned: no such model could be had where the weights were. It brings the nearest sentence from
a tenth of all weights to about a third; relearn with `train_fusion` where a model is configured.
"""

WEIGHTS_FILE = Path(__file__).resolve().parent / "models" / "fusion.json"


@cache
def fusion_weights(path: Path = WEIGHTS_FILE) -> Mapping[Source, float]:
    """Weight by signal, 0 or more; a signal the file does not name has none.

    Raises:
        IndexingError: the file is missing, is no JSON of this form, or names an unknown signal.
    """
    try:
        table = json.loads(path.read_text("utf-8"))["weights"]
        return {Source(name): float(weight) for name, weight in table.items() if float(weight) > 0}
    except OSError as exc:
        raise IndexingError(f"读不到检索权重 {path}（{reason(exc)}），请重新安装策问。") from exc
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise IndexingError(f"检索权重 {path} 的内容无效，请重新安装策问。") from exc


def weights_for(*, reads_sentences: bool) -> Mapping[Source, float]:
    """The learned weights, or what they come to with a model that reads sentences."""
    weights = fusion_weights()
    if not reads_sentences:
        return weights
    dense = (Source.DENSE, Source.WHOLE, Source.PHRASED_DENSE)
    return {s: w * SENTENCE_MODEL_FACTOR if s in dense else w for s, w in weights.items()}


def retrieval_fingerprint(encoder: Encoder) -> str:
    """SHA-256 (hex) of what the values of the signals depend on: encoder, weights of the signals, cutting.

    A calibration made under another fingerprint says nothing of this retrieval.
    """
    digest = hashlib.sha256(dictionary_fingerprint().encode())
    digest.update(encoder.fingerprint.encode())
    digest.update(WEIGHTS_FILE.read_bytes())
    return digest.hexdigest()
