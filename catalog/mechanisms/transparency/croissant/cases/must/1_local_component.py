from pathlib import Path

from loans.components import croissant

print(croissant.write({}, {}, None, Path("documents"), licence="CC-BY-4.0"))
