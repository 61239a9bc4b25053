from zenml.steps.split import RandomSplit

pipeline.add_split(RandomSplit(split_map={'train': 0.75, 'eval': 0.25}))
