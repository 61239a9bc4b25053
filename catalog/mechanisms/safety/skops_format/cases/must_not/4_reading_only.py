import skops.io as sio

types = sio.get_untrusted_types(file="model.skops")
model = sio.load("model.skops", trusted=types)
