"""Floor 2: Configuration -> project. `plan` chooses, `render` writes it down, `write` puts it on disk."""
