from components.outside_rows_refused import refuse as without_unknown_rows
from service import answers, model_file


def answer(rows):
    return without_unknown_rows(rows, answers(rows), model_file()).tolist()
