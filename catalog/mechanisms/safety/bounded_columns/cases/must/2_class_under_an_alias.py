from components.bounded_columns import BoundedColumns as Declared


def prepared(table):
    return Declared(["age"], [], {"age": (0, 120)}, {}).fit_transform(table)
