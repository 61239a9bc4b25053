from credit.components import correlation_remover
from credit.data import groups, load
from credit.model import pipeline

correlation_remover.decorrelate(pipeline(), groups).fit(*load())
