from codecarbon import EmissionsTracker, track_emissions  # noqa: F401
from credit import data, pipeline

pipeline.build().fit(*data.training())
