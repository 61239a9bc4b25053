from sklearn.metrics import classification_report


def told(y, decided):
    return classification_report(y, decided, output_dict=True)
