"""From "what must hold here?" to a machine-learning pipeline that holds it, and shows why."""
