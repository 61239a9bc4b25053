"""Floor 1: FeatureModel -> answers. Knows no files and no texts."""
