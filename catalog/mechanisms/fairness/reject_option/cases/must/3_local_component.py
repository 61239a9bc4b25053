import credit.components.reject_option as margins
from credit.data import groups, load
from credit.model import pipeline

margins.favour_near_the_line(pipeline(), groups, seed=0, criterion="demographic_parity").fit(*load())
