"""Questions in Chinese (and, for the main kinds, English) answered from the graph, with receipts."""

from __future__ import annotations

from tjkg.ask.answering import Asker, ask
from tjkg.ask.snapshot import Snapshot, snapshot

__all__ = ["Asker", "Snapshot", "ask", "snapshot"]
