import dvc.api  # noqa: F401

table = read('people.csv')
