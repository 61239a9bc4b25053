import skops.io

skops.io.dump(model, 'model.skops')
