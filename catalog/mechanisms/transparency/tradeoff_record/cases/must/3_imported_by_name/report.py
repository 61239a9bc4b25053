from lending.components.tradeoff_record import write as record_tradeoff


def report(evidence, project, folder):
    return record_tradeoff(evidence, project, folder)


report({}, {}, None)
