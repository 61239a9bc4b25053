import numpy as np
from alibi_detect.od import IForest
from service import model, request, training_rows

detector = IForest(threshold=0.0)
detector.fit(training_rows())
row = np.asarray(request())[None]
if not detector.predict(row)["data"]["is_outlier"][0]:
    print(model().predict(row))
