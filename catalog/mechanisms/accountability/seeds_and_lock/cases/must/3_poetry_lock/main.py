import random as rnd

import numpy

rnd.seed(0)
numpy.random.seed(0)
