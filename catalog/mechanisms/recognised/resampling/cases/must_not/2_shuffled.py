table = table.sample(frac=1, random_state=3)
