from sklearn.ensemble import RandomForestClassifier

model = RandomForestClassifier(random_state=42)
