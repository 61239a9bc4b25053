import sklearn.feature_extraction.text as texts

steps = [texts.CountVectorizer(), texts.TfidfTransformer()]
