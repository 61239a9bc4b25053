from opacus import PrivacyEngine

engine = PrivacyEngine()
model, optimiser, loader = engine.make_private(module=model, optimizer=optimiser, data_loader=loader, noise_multiplier=1.1, max_grad_norm=1.0)
