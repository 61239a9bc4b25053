SCHEMA = ['age', 'sex', 'income']
table = table[SCHEMA]
