import pandas as pd
from lime.lime_tabular import LimeTabularExplainer
from sklearn.ensemble import RandomForestClassifier

loans = pd.read_csv("loans.csv")
X, y = loans[["age", "income"]].to_numpy(), loans["granted"]
forest = RandomForestClassifier(random_state=0).fit(X, y)
explainer = LimeTabularExplainer(X, feature_names=["age", "income"], discretize_continuous=True, random_state=0)
print(explainer.explain_instance(X[0], forest.predict_proba, num_features=2).as_list())
