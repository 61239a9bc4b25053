from aif360.algorithms.inprocessing import AdversarialDebiasing

model = AdversarialDebiasing(privileged_groups=p, unprivileged_groups=u, scope_name='d', sess=sess)
