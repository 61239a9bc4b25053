import random
import numpy

numpy.random.seed(1)
order = random.sample(range(100), 10)  # finds: H001
