"""The commands: one module each, and what their answers look like as JSON and on a page."""
