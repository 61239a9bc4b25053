import json

import skops.io
import yaml

json.dump({}, open("a.json", "w"))
yaml.dump({})
skops.io.dump(model, "model.skops")
