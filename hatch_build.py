"""Put content/ and styles/ into the wheel, and only there.

An editable install reads both folders where they stand; a plain `force-include` would also copy
them into site-packages, where they would go stale.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DataFolders(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"]["content"] = "tui/_data/content"
            build_data["force_include"]["styles"] = "tui/_data/styles"
