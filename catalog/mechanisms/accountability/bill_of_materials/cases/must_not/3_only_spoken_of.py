"""bill_of_materials.write(run, evidence) comes later; Bom() too."""

import json
from importlib import metadata

# Versions alone are no bill: neither licence nor hash.
print(json.dumps({name: metadata.version(name) for name in ("numpy", "pandas")}))
