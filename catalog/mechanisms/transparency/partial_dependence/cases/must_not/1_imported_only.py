from sklearn.inspection import PartialDependenceDisplay

print("later", PartialDependenceDisplay.__name__)
