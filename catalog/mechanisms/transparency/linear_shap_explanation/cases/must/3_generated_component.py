from credit.components import linear_shap_explanation
from credit.data import table

print(linear_shap_explanation.explain(None, table(), table(), None, [1], None, seed=0)["because"])
