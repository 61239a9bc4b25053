import tensorflow_datasets as tfds

fitted, held_out = tfds.load('flowers', split=['train[:85%]', 'train[85%:]'], as_supervised=True)
