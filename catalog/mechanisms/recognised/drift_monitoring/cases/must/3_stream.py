from river import drift

adwin = drift.ADWIN()
adwin.update(x)
