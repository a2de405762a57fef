"""The desk: screens over panes over widgets over render."""
