from sklearn.ensemble import RandomForestClassifier

model = RandomForestClassifier(n_estimators=50)
