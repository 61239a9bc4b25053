import sklearn.neural_network as nets

model = nets.MLPClassifier((10,))
