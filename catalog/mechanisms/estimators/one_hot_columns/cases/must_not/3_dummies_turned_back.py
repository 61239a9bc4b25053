import pandas as pd

survey = pd.read_csv("survey.csv")
survey["answer"] = pd.from_dummies(survey[["answer_yes", "answer_no"]], sep="_")["answer"]
target = pd.factorize(survey["answer"])[0]
