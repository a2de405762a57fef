"""Screens: the only place where panes meet."""
