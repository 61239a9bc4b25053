from mitigations import train

model = train(X, y, debiasing=True)
