from demv import DEMV

rows = DEMV(round_level=1).fit_transform(train, ["sex"], "hired")
