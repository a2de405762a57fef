"""What a command says when it does not answer."""

from __future__ import annotations

from typing import Any


class RefusalError(Exception):
    """A command that cannot answer.

    `code` is a word for machines (`usage`, `archive`, `date`, `not-found`, `ambiguous` …), `status`
    the exit code: 1 where nothing was found, 2 where the question was refused. `more` joins the
    machine-readable form.
    """

    def __init__(
        self, code: str, message: str, remedy: str = "", *, status: int = 2, **more: Any
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy
        self.status = status
        self.more = more

    def shape(self) -> dict[str, Any]:
        """Give the machine-readable form."""
        return {
            "error": {
                "code": self.code,
                "message": self.message,
                "remedy": self.remedy,
                "exit": self.status,
                **self.more,
            }
        }
