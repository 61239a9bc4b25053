import os

import pandas as pd
from cape_dataframes.pandas import transformations as change

hide = change.Tokenizer(max_token_len=64, key=os.environ["TOKEN_KEY"])
visits = pd.read_csv("visits.csv")
visits["patient"] = hide(visits["patient"])
