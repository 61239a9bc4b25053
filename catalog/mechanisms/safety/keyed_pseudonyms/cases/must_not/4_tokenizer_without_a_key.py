import pandas as pd
from cape_dataframes.pandas.transformations import Tokenizer

visits = pd.read_csv("visits.csv")
visits["patient"] = Tokenizer(max_token_len=10)(visits["patient"])
