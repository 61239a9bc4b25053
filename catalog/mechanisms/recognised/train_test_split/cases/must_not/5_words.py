def parts(line, loader):
    name, train_size = line.split("=")
    (x_train, y_train), (x_test, y_test) = loader.load_data()
    return name, train_size, x_train, y_train, x_test, y_test
