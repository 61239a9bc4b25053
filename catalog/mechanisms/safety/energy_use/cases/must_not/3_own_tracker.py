from credit.tracking import EmissionsTracker

with EmissionsTracker(project_name="credit") as tracker:
    tracker.note("codecarbon.EmissionsTracker would be better")
