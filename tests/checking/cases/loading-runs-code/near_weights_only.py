import torch

weights = torch.load("weights.pt", map_location="cpu", weights_only=True)
