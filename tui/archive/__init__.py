"""Files to records: read, anchor quotes, find mentions, check, and keep it compiled.

What the rest of Readout needs is named here; it costs little to import, for a warm archive is
opened from its compiled form without a parser or a model.
"""

from tui.archive.columns import Rows, Timeline
from tui.archive.fault import ArchiveError, Fault
from tui.archive.library import Library, Proof
from tui.archive.opening import open_archive

__all__ = [
    "ArchiveError",
    "Fault",
    "Library",
    "Proof",
    "Rows",
    "Timeline",
    "open_archive",
]
