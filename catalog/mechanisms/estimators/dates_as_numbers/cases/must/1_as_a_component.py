from project.components import dates_as_numbers


def run(dates, day):
    return dates_as_numbers.columns(dates, day)
