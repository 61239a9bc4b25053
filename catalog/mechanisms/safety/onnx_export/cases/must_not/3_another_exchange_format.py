from service import pipeline
from sklearn2pmml import sklearn2pmml

sklearn2pmml(pipeline(), "model.pmml")
