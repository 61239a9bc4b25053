from inFairness.fairalgo import SenSeI

fair = SenSeI(network, distance_x, distance_y, loss, rho=4.0, eps=0.1, auditor_nsteps=50, auditor_lr=1e-3)
