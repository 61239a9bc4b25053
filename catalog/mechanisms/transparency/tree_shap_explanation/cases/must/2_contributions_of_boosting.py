import lightgbm
import pandas as pd

loans = pd.read_csv("loans.csv")
model = lightgbm.LGBMClassifier(random_state=0).fit(loans[["age", "income"]], loans["granted"])
print(model.predict(loans[["age", "income"]], pred_contrib=True))
