import matplotlib.pyplot as plt
import pandas as pd
from sklearn.decomposition import PCA
from sklearn.model_selection import train_test_split

table = pd.read_csv("people.csv")
flat = PCA(n_components=2).fit_transform(table)
plt.scatter(flat[:, 0], flat[:, 1])
train, test = train_test_split(table)
