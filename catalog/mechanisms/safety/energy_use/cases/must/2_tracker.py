from codecarbon import EmissionsTracker as Tracker
from sklearn.ensemble import RandomForestClassifier
from credit import data

X, y = data.training()
with Tracker(project_name="credit") as tracker:
    RandomForestClassifier(random_state=0).fit(X, y)
print(tracker.final_emissions)
