def parsed(answers, logger):
    scores = []
    for answer in answers:
        try:
            scores.append(int(answer))
        except ValueError as error:
            logger.warning("no figure in %r: %s", answer, error)
    return scores
