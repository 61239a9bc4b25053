import pandas as pd
from credit import settings
from credit.components.schema_validation import check

table = pd.read_csv("applications.csv")
check(table, settings.TARGET, settings.NUMERIC, settings.CATEGORICAL, settings.LEVELS, settings.RANGES)
