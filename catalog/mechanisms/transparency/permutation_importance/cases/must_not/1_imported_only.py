from sklearn.inspection import permutation_importance

print("later", permutation_importance.__name__)
