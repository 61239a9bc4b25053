"""Floor 0: the words everything else speaks. Imports nothing else of ours."""
