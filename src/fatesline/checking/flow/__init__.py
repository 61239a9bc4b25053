"""What Python code does with which names: read in running order, over all files of a project; nothing is run."""
