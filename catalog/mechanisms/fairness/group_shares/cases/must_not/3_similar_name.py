from depot import shares_of_the_group

# of a holding; group_shares.measure(...) counts people
print(shares_of_the_group.measure("ACME"))
