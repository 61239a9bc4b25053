import project.components.dates_as_numbers as part


def run(dates, day):
    return part.columns(dates, day)
