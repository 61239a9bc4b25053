def StatParityDiff(said, group):
    return said[group == 1].mean() - said[group == 0].mean()


print(StatParityDiff(predictions, sex))
