from sklearn.inspection import permutation_importance as importance

print(importance(model, X_test, y_test, random_state=0))
