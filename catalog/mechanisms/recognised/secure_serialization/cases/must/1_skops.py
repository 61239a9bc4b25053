import skops.io as sio

sio.dump(model, 'model.skops')
