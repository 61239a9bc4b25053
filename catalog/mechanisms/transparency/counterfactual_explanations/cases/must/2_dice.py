import dice_ml
import joblib
import pandas as pd

loans = pd.read_csv("loans.csv")
data = dice_ml.Data(dataframe=loans, continuous_features=["age", "income"], outcome_name="granted")
model = dice_ml.Model(model=joblib.load("model.joblib"), backend="sklearn")
explainer = dice_ml.Dice(data, model, method="random")
print(explainer.generate_counterfactuals(loans.drop(columns="granted")[:1], total_CFs=3, desired_class="opposite"))
