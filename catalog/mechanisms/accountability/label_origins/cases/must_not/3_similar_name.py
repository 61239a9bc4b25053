"""Where bottles were filled; label_origins.check(...) is about labels of rows."""

from wine import origin_of_labels

print(origin_of_labels.check("bottle.png"))
