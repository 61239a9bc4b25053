from xgboost import XGBClassifier

XGBClassifier().fit(X=people[["age_band", "sex", "nationality"]], y=labels)  # finds: H006
