from town.councils import fair_representation

print(fair_representation.seats(votes=[120, 80], seats=10))  # not represent(...)
