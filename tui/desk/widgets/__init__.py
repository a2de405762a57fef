"""Widgets that know nothing of the domain: frames, lists and documents made of lines."""
