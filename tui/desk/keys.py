"""Every key of the desk: what it does, and the id by which a person remaps it."""

from __future__ import annotations

from textual.binding import Binding

_TABLE: tuple[tuple[str, str, str, str, str], ...] = (
    # id, keys, action, description, what it does
    ("find", "slash", "find", "find", "Search names and text; results as you type."),
    ("timeline", "1", "pane('timeline')", "timeline", "Go to the events by date."),
    ("actors", "2", "pane('actors')", "actors", "Go to the actors; again: the next kind of them."),
    ("initiatives", "3", "pane('initiatives')", "initiatives", "Go to the initiatives."),
    ("reader", "4", "pane('reader')", "reader", "Go to the source, card or comparison."),
    ("next-pane", "tab", "next_pane(1)", "next pane", "Go to the next pane."),
    ("previous-pane", "shift+tab", "next_pane(-1)", "previous pane", "Go to the previous pane."),
    ("down", "j,down", "move(1)", "down", "Move down, or scroll."),
    ("up", "k,up", "move(-1)", "up", "Move up, or scroll."),
    ("first", "g,home", "edge(-1)", "first", "Go to the first row."),
    ("last", "G,end", "edge(1)", "last", "Go to the last row."),
    ("half-down", "ctrl+d", "page(0.5)", "half a page down", "Move half a page down."),
    ("half-up", "ctrl+u", "page(-0.5)", "half a page up", "Move half a page up."),
    ("page-down", "pagedown", "page(1.0)", "page down", "Move a page down."),
    ("page-up", "pageup", "page(-1.0)", "page up", "Move a page up."),
    ("next-kind", "right,l", "turn(1)", "next kind", "Actors: the next kind; lanes: later."),
    ("previous-kind", "left,h", "turn(-1)", "previous kind",
     "Actors: the kind before; lanes: earlier."),
    ("lanes", "v", "lanes('switch')", "lanes or list",
     "Draw the events to scale in lanes; again: list."),
    ("lanes-by", "V", "lanes('group')", "lanes by", "Lanes by initiative, by actor, by state."),
    ("zoom-in", "plus", "lanes('in')", "zoom in", "Lanes: half as much time, around the event."),
    ("zoom-out", "minus", "lanes('out')", "zoom out", "Lanes: twice as much time."),
    ("near", "a", "lanes('near')", "events near this",
     "List the events around this one, nearest first, with how far; again: all."),
    ("promises", "p", "lanes('promises')", "promises",
     "What was promised, and what became of it; again: the events."),
    ("open", "enter", "show('open')", "open", "Open the card, or what its line leads to."),
    ("prove", "space", "show('prove')", "prove", "Light the sentence that states this."),
    ("next-evidence", "right_square_bracket", "walk('evidence', 1)", "next evidence",
     "Light the next piece of evidence."),
    ("previous-evidence", "left_square_bracket", "walk('evidence', -1)", "previous evidence",
     "Light the piece of evidence before."),
    ("next-match", "n", "walk('match', 1)", "next match",
     "Go to the next match of the last search."),
    ("previous-match", "N", "walk('match', -1)", "previous match", "Go to the match before."),
    ("next-remark", "m", "walk('remark', 1)", "next remark", "Go to the next editor’s note."),
    ("previous-remark", "M", "walk('remark', -1)", "previous remark",
     "Go to the editor’s note before."),
    ("compare", "c", "show('compare')", "compare",
     "Set side by side what the sources say differently."),
    ("lens", "f", "lens", "lens", "Narrow all panes to this; again: widen."),
    ("clear-lens", "F", "clear_lens", "clear lens", "Show everything again."),
    ("date", "d", "go_to_date", "go to date", "Type a date: 2024, 2024-10, 2024-10-30."),
    ("back", "less_than_sign,ctrl+o", "back", "back", "Go back to where you were."),
    ("forward", "greater_than_sign", "forward", "forward", "Go forward again."),
    ("copy", "y", "carry('copy')", "copy quote",
     "Send quote and citation to the clipboard and a file."),
    ("copy-as", "Y", "carry('copy_as')", "copy as", "Plain text, Markdown, BibLaTeX or CSL-JSON."),
    ("edit", "e", "carry('edit')", "edit", "Open the file in $EDITOR; reload on return."),
    ("address", "o", "carry('open_address')", "open address",
     "Open the http(s) address in a browser."),
    ("help", "question_mark", "help", "keys", "Show the keys that work here."),
    ("commands", "colon,ctrl+p", "app.command_palette", "commands", "Search all commands."),
    ("escape", "escape", "escape", "one step back", "One step back, always."),
    ("quit", "q,ctrl+q", "app.quit", "quit", "Leave Readout."),
)  # fmt: skip

DESK_KEYS: list[Binding] = [
    Binding(keys, action, description, id=f"desk.{id_}", tooltip=tooltip, show=False)
    for id_, keys, action, description, tooltip in _TABLE
]

HINTS: dict[str, tuple[tuple[str, str], ...]] = {
    "list": (
        ("/", "find"), ("space", "prove"), ("enter", "open"), ("c", "compare"), ("f", "lens"),
        ("y", "copy quote"), ("v", "lanes"), ("[ ]", "evidence"), ("?", "keys"),
        ("ctrl+p", "commands"),
    ),
    "near": (
        ("a", "all events"), ("space", "prove"), ("enter", "open"), ("esc", "back"), ("?", "keys"),
        ("v", "lanes"), ("d", "go to date"), ("f", "lens"),
    ),
    "lanes": (
        ("v", "list"), ("← →", "earlier, later"), ("+ -", "zoom"), ("V", "lanes by"),
        ("space", "prove"), ("?", "keys"), ("d", "go to date"), ("enter", "open"), ("c", "compare"),
        ("f", "lens"), ("a", "near this"),
    ),
    "promises": (
        ("p", "events"), ("space", "prove"), ("enter", "open"), ("[ ]", "evidence"), ("f", "lens"),
        ("c", "compare"), ("y", "copy quote"), ("?", "keys"), ("ctrl+p", "commands"),
    ),
    "source": (
        ("/", "find"), ("[ ]", "evidence"), ("m", "remarks"), ("c", "compare"),
        ("y", "copy quote"), ("Y", "copy as"), ("esc", "back"), ("?", "keys"), ("o", "address"),
        ("ctrl+p", "commands"),
    ),
    "match": (
        ("/", "find"), ("n N", "matches"), ("c", "compare"), ("y", "copy quote"),
        ("esc", "back"), ("?", "keys"), ("ctrl+p", "commands"),
    ),
    "card": (
        ("space", "prove"), ("enter", "follow"), ("c", "compare"), ("f", "lens"),
        ("y", "copy quote"), ("e", "edit"), ("esc", "back"), ("?", "keys"),
    ),
    "compare": (
        ("space", "prove"), ("[ ]", "evidence"), ("y", "copy table"), ("o", "address"),
        ("esc", "back"), ("?", "keys"),
    ),
    "find": (
        ("↑↓", "choose"), ("enter", "open"), ("tab", "complete"), ("ctrl+u", "clear"),
        ("esc", "back"),
    ),
    "date": (("enter", "go"), ("esc", "back")),
}  # fmt: skip
"""What the footer offers in each context; the key column is what a person sees, not a key name."""
