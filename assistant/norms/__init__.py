"""Figures, dates and duties read out of clauses by code, for any document."""

from __future__ import annotations

from assistant.norms.reading import read_norms
from assistant.norms.types import DATE_UNIT, Deadline, Norm, NormKind, Operator, Strength

__all__ = ["DATE_UNIT", "Deadline", "Norm", "NormKind", "Operator", "Strength", "read_norms"]
