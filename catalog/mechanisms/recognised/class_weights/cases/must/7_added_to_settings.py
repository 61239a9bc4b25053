import json

from lightgbm import LGBMClassifier

with open('tuned.json') as file:
    settings = json.load(file)['trees']
settings.update({'scale_pos_weight': (y == 0).sum() / (y == 1).sum(), 'verbose': -1})
model = LGBMClassifier(**settings)
