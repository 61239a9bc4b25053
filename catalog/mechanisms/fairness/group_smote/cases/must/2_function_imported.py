from components.group_smote import sampler as invented
from data import by_sex, columns, load
from imblearn.pipeline import make_pipeline
from sklearn.ensemble import HistGradientBoostingClassifier

model = make_pipeline(invented(by_sex, ["age", "income"], 7), columns(), HistGradientBoostingClassifier())
model.fit(*load())
