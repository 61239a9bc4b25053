from sklearn.calibration import CalibratedClassifierCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

model = make_pipeline(StandardScaler(), CalibratedClassifierCV(LinearSVC(class_weight="balanced"), cv=5))
