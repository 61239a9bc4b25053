import lime.lime_text as words
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline


def explained(letters, answers):
    model = make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(letters, answers)
    by_words = words.LimeTextExplainer(class_names=["no", "yes"])
    return by_words.explain_instance(letters[0], model.predict_proba)


print(explained(["please pay", "paid in full"], [0, 1]))
