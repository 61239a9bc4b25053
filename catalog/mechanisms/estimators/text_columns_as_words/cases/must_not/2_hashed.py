from sklearn.feature_extraction.text import HashingVectorizer

words = HashingVectorizer()
