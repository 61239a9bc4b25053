import pandas as pd
from smclarify.bias.metrics import CDDPL

table = pd.read_csv("decisions.csv")
print(
    CDDPL(
        feature=table["sex"],
        sensitive_facet_index=table["sex"] == "f",
        label_index=table["granted"] == 1,
        group_variable=table["department"],
    )
)
