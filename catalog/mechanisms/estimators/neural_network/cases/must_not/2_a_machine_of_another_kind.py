from sklearn.neural_network import BernoulliRBM

model = BernoulliRBM()
