"""Contrastive training of word vectors: a question should be nearest to a sentence of its own passage.

InfoNCE over in-batch passages and mined hard negatives (van den Oord et al. 2018,
arXiv 1807.03748); a passage scores by its best sentence, as `DenseIndex` has it, or by
the whole where that is nearer. One table serves questions and passages, and a text is the
mean of its rows, so the length of a row is the learned weight of its word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from indexing.training.tokens import IntArray, TokenTable
from indexing.types import FloatMatrix

if TYPE_CHECKING:
    import torch

WATCHED = 100  # steps between two looks at the loss


@dataclass(frozen=True, slots=True)
class PairTable:
    """Pairs of one source: query row, and the passage's rows `first[i]:last[i]` of one `TokenTable`.

    `negatives[i]` are passages (indexes into `passages`) that do not answer query i; may be empty.
    """

    queries: IntArray
    first: IntArray
    last: IntArray
    negatives: tuple[tuple[tuple[int, int], ...], ...] = ()

    def __len__(self) -> int:
        return len(self.queries)


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how hard to train."""

    steps: int
    batch: int = 512
    learning_rate: float = 3e-3
    temperature: float = 0.05
    hard: int = 2  # negatives drawn for a pair that has mined ones
    sentences: int = 10  # of a passage looked at in one step, drawn anew each time
    drop: float = 0.1  # share of tokens left out of a training text
    seed: int = 1


def train(
    matrix: FloatMatrix,
    texts: TokenTable,
    sources: Mapping[str, PairTable],
    shares: Mapping[str, float],
    schedule: Schedule,
    watch: Callable[[int, float], None] | None = None,
) -> FloatMatrix:
    """`matrix` after `schedule.steps` steps; each step draws one source by `shares` and a batch of it.

    Args:
        matrix: shape `(n_words, dim)`, row 0 the unknown word; not changed.
        texts: what the rows of `sources` mean.
        sources: pairs by source name.
        shares: chance of a step for each source, any positive scale.
        schedule: length and strength.
        watch: called with the step and its loss every `WATCHED` steps.
    """
    import torch

    generator = np.random.default_rng(schedule.seed)
    table = torch.nn.Parameter(torch.from_numpy(matrix.copy()))
    optimiser = torch.optim.Adam([table], lr=schedule.learning_rate, fused=True)
    names = sorted(shares)
    chances = np.array([shares[name] for name in names])
    orders = {name: _batches(len(sources[name]), schedule.batch, generator) for name in names}
    for step in range(1, schedule.steps + 1):
        progress = step / schedule.steps
        for group in optimiser.param_groups:
            group["lr"] = schedule.learning_rate * min(1.0, 20 * progress) * max(0.02, 1 - progress)
        name = names[generator.choice(len(names), p=chances / chances.sum())]
        loss = _loss(table, texts, sources[name], next(orders[name]), schedule, generator)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]  # torch has no types for it
        if table.grad is not None:
            table.grad[0] = 0.0
        optimiser.step()
        if watch and step % WATCHED == 0:
            watch(step, float(loss.detach()))
    trained: FloatMatrix = table.detach().numpy()
    return trained


def _batches(n_pairs: int, size: int, generator: np.random.Generator) -> Iterator[IntArray]:
    """Shuffled rows without end, each pass over all pairs before the next; never more than there are."""
    while True:
        order = generator.permutation(n_pairs)
        for start in range(0, max(n_pairs - size, 0) + 1, size):
            yield order[start : start + size]


def _loss(
    table: torch.Tensor,
    texts: TokenTable,
    pairs: PairTable,
    chosen: IntArray,
    schedule: Schedule,
    generator: np.random.Generator,
) -> torch.Tensor:
    """Cross-entropy of each question finding its passage among all of the batch, and the other way."""
    import torch
    from torch.nn.functional import normalize

    spans = [(int(pairs.first[row]), int(pairs.last[row])) for row in chosen]
    if pairs.negatives:
        for row in chosen:
            mined = pairs.negatives[row]
            if mined:
                picks = generator.choice(len(mined), size=min(schedule.hard, len(mined)), replace=False)
                spans.extend(mined[pick] for pick in picks)
    drawn = [_draw(start, end, schedule.sentences, generator) for start, end in spans]
    owner = torch.from_numpy(np.repeat(np.arange(len(spans)), [len(rows) for rows in drawn]))
    summed = _sums(table, texts, np.concatenate(drawn), schedule.drop, generator)
    whole = torch.zeros(len(spans), table.shape[1]).index_add(0, owner, summed)
    queries = normalize(_sums(table, texts, pairs.queries[chosen], schedule.drop, generator))
    by_sentence = queries @ normalize(summed).T
    scores = (queries @ normalize(whole).T).scatter_reduce(
        1, owner.expand(len(chosen), -1), by_sentence, "amax"
    )
    scores = scores / schedule.temperature
    target = torch.arange(len(chosen))
    same = _same(pairs.queries[chosen], spans)
    scores = scores.masked_fill(torch.from_numpy(same), -1e4)
    forward = torch.nn.functional.cross_entropy(scores, target)
    backward = torch.nn.functional.cross_entropy(scores[:, : len(chosen)].T, target)
    return forward + 0.3 * backward


def _same(queries: IntArray, spans: Sequence[tuple[int, int]]) -> npt.NDArray[np.bool_]:
    """Where a passage of the batch is another's own: the same span, or the same question asked again."""
    number: dict[tuple[int, int], int] = {}
    ids = np.array([number.setdefault(span, len(number)) for span in spans])
    own = ids[: len(queries)]
    same: npt.NDArray[np.bool_] = own[:, None] == ids[None, :]
    same[:, : len(queries)] |= queries[:, None] == queries[None, :]
    same[np.arange(len(queries)), np.arange(len(queries))] = False
    return same


def _draw(start: int, end: int, most: int, generator: np.random.Generator) -> IntArray:
    """The rows of a passage, or `most` of them in any order."""
    if end - start <= most:
        return np.arange(start, end)
    return start + generator.permutation(end - start)[:most]


def _sums(
    table: torch.Tensor, texts: TokenTable, rows: IntArray, drop: float, generator: np.random.Generator
) -> torch.Tensor:
    """Sum of each row's word vectors, each word left out with chance `drop`."""
    import torch

    flat, offsets = texts.gather(rows)
    kept = torch.from_numpy((generator.random(len(flat)) >= drop).astype(np.float32))
    return torch.nn.functional.embedding_bag(
        torch.from_numpy(flat), table, torch.from_numpy(offsets), mode="sum", per_sample_weights=kept
    )
