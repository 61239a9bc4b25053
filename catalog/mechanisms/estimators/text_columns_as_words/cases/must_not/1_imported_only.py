from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer  # noqa: F401

words = CountVectorizer()
