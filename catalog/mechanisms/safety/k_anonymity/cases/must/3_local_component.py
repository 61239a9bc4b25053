from credit import settings
from credit.components import k_anonymity
from credit.data import load
from credit.model import pipeline

model = k_anonymity.anonymise(
    pipeline(), settings.QUASI_IDENTIFIERS, settings.PROTECTED_COLUMNS, settings.RANGES, k=10
).fit(*load())
