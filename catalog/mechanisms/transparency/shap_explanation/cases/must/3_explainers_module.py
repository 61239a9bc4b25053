import pandas as pd
import shap.explainers as explainers
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

loans = pd.read_csv("loans.csv")
model = make_pipeline(StandardScaler(), SVC(random_state=0)).fit(loans[["age"]], loans["granted"])
values = explainers.Permutation(model.decision_function, loans[["age"]])(loans[["age"]])
