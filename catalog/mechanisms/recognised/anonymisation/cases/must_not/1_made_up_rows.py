from faker import Faker

names = [Faker().name() for _ in range(10)]
