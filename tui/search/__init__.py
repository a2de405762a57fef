"""Search: fold → index → plan → retrieve → rank → highlight. Knows passages and spans, no screen.

The engines underneath are imported when one is opened, not before.
"""

from __future__ import annotations

from tui.search.answer import Answer, PassageHit, Progress, RecordHit
from tui.search.engine import CancelledError, Engine

__all__ = ["Answer", "CancelledError", "Engine", "PassageHit", "Progress", "RecordHit"]
