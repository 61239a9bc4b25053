from credit.components import grid_search_reduction
from credit.data import groups, load
from credit.model import pipeline

grid_search_reduction.search(pipeline(), groups, criterion="demographic_parity").fit(*load())
