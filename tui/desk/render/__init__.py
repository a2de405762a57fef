"""Records to styled lines: pure functions, no screen."""
