import matplotlib.pyplot as plt

art = plt.plot([1, 2])
