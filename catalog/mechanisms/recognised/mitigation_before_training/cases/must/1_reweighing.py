from aif360.algorithms import preprocessing as before

train = before.Reweighing(unprivileged_groups=u, privileged_groups=p).fit_transform(train)
