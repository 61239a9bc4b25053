import pandas as pd
from faker import Faker

fake = Faker()
print(pd.DataFrame({"mail": [fake.email() for _ in range(10)]}))
