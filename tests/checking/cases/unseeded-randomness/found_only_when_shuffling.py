from sklearn.model_selection import StratifiedKFold

plain = StratifiedKFold(5)
folds = StratifiedKFold(5, shuffle=True, random_state=None)  # finds: H001
