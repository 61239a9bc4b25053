from project.components import others


def run(dates, day):
    return others.columns(dates, day)
