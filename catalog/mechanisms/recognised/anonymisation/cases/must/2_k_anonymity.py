from anjana.anonymity import k_anonymity

table = k_anonymity(table, ident, quasi, 5, 50, hierarchies)
