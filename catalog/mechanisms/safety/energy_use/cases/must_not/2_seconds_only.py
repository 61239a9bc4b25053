import time

from credit import data, pipeline

began = time.perf_counter()
pipeline.build().fit(*data.training())
print(f"training took {time.perf_counter() - began:.1f} s of energy and patience")
