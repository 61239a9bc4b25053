import flwr as fl

fl.server.start_server(strategy=fl.server.strategy.FedAvg())
