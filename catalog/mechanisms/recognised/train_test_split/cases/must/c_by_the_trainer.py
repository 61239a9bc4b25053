from builders import small_network

network = small_network(n_inputs=12)
network.fit(rows, labels, epochs=4, validation_split=0.15)
