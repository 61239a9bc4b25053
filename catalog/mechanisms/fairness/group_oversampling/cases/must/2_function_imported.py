from components.group_oversampling import sampler
from data import by_sex, columns, load
from imblearn.pipeline import make_pipeline
from sklearn.ensemble import HistGradientBoostingClassifier

model = make_pipeline(sampler(by_sex, 7, most_copies=5), columns(), HistGradientBoostingClassifier())
model.fit(*load())
