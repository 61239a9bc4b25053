from processes import Brownian

process = Brownian(sigma=0.2)
step = process.drift(0.1, 1.0) + process.diffusion(0.1, 1.0)
