from sklearn.cluster import KMeans
from sklearn.manifold import TSNE
from sklearn.model_selection import train_test_split

X_train, X_test = train_test_split(X)
plot(TSNE().fit_transform(X_test), KMeans(3).fit_predict(X_test))
