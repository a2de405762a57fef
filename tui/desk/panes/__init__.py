"""Panes: one public class a file; none knows another."""
