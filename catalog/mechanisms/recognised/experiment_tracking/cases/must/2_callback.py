from tensorflow.keras.callbacks import TensorBoard

model.fit(X, y, callbacks=[TensorBoard(log_dir='logs')])
