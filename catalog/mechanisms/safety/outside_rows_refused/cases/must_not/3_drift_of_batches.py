import numpy as np
from alibi_detect.cd import KSDrift
from service import new_rows, training_rows

print(KSDrift(np.asarray(training_rows()), p_val=0.05).predict(np.asarray(new_rows())))
