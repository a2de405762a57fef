"""Drafts: a person's own text held against an archive; quotations, titles, names of initiatives.

What the rest of Readout needs is named here.
"""

from tui.drafts.checking import Checker
from tui.drafts.findings import Change, Finding, Report
from tui.drafts.manuscript import Manuscript, UnreadableError

__all__ = ["Change", "Checker", "Finding", "Manuscript", "Report", "UnreadableError"]
