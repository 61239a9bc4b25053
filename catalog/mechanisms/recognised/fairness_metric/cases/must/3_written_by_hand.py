def demographic_parity_difference(predicted, group):
    rates = [predicted[group == one].mean() for one in set(group)]
    return max(rates) - min(rates)


print(demographic_parity_difference(predicted, group))
