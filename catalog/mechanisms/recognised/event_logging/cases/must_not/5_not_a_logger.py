def described(table, catalog):
    table.info()
    catalog.log(10)
    return catalog.error
