"""Floor 3: everything that is worded."""
