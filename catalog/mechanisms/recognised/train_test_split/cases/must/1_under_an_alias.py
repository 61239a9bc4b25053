from sklearn.model_selection import train_test_split as tts

X_train, X_test, y_train, y_test = tts(X, y, random_state=0)
