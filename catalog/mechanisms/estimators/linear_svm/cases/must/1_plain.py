from sklearn.svm import LinearSVC

model = LinearSVC(C=0.5)
