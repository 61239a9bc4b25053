from sklearn.svm import OneClassSVM

# no LinearSVC(): there are no labels
model = OneClassSVM(kernel="linear")
