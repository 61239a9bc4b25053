def read_table(address):
    """Read a table.

    >>> read_table("postgresql://scott:tiger@localhost/loans")
    """
    return open_table(address)
