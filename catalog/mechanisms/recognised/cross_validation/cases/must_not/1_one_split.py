from sklearn.model_selection import train_test_split

X_train, X_test = train_test_split(X)
