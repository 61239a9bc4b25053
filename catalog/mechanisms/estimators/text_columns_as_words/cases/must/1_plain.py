from sklearn.feature_extraction.text import TfidfVectorizer

words = TfidfVectorizer(max_features=100)
