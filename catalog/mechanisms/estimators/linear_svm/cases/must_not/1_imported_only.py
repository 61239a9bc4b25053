from sklearn.svm import LinearSVC, LinearSVR  # noqa: F401

model = LinearSVR()
