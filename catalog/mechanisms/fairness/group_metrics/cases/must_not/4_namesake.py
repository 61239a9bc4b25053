from plotting import MetricFrame


def demographic_parity_difference(rates):
    return max(rates) - min(rates)


MetricFrame(title="latency")
print(demographic_parity_difference([0.1, 0.4]))
