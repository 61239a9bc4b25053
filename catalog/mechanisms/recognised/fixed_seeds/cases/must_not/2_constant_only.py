SEED = 42
random_state = 42
