from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC

model = make_pipeline(scale, SVC())
model.set_params(svc__class_weight='balanced')
