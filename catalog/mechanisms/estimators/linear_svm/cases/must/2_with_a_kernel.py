from sklearn import svm

model = svm.SVC(kernel="linear")
