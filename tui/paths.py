"""Where things are: the data that comes with the package, and the user's cache folder."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data(name: str) -> Path:
    """Give a folder that ships with Readout: `content` or `styles`.

    An installed wheel carries both below the package; a checkout has them beside it.
    """
    bundled = _PACKAGE / "_data" / name
    return bundled if bundled.is_dir() else _PACKAGE.parent / name


def cache_folder() -> Path | None:
    """Give the user's cache folder for Readout, made or not; None where there is none to be had.

    A relative XDG_CACHE_HOME is ignored by its standard; following it would scatter caches over
    whatever folders the command is run in.
    """
    from platformdirs import user_cache_path

    try:
        folder = user_cache_path("readout", appauthor=False)
    except (OSError, RuntimeError):
        return None
    if folder.is_absolute():
        return folder
    home = Path(os.path.expanduser("~"))
    return home / ".cache" / "readout" if home.is_absolute() else None


def state_folder() -> Path:
    """Give the folder for what outlives a session: the last copy."""
    from platformdirs import user_state_path

    return user_state_path("readout", appauthor=False)


def settings_folder() -> Path:
    """Give the folder of a person's settings."""
    from platformdirs import user_config_path

    return user_config_path("readout", appauthor=False)
