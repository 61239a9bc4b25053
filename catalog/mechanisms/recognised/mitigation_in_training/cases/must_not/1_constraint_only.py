from fairlearn.reductions import DemographicParity

constraint = DemographicParity()
