import codecarbon as cc
from credit import data, pipeline


@cc.track_emissions(offline=True, country_iso_code="FRA")
def train():
    return pipeline.build().fit(*data.training())


train()
