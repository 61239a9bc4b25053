import pandas as pd
from loans.components.repeated_rows import check as few_repeated

few_repeated(pd.read_csv("loans.csv"), largest_share=0.1)
