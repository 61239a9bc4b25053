import pytest


def check(frame):
    frame.expect_column_values_to_not_be_null(column='age')
