"""Readout: a reading desk in the terminal for alliance diplomacy."""
