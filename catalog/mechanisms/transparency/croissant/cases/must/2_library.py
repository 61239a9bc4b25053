import json

import mlcroissant as mlc

card = mlc.Metadata(name="loans", url="https://example.org/loans", distribution=[], record_sets=[])
print(json.dumps(card.to_json()))
