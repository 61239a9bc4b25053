from credit.components import tree_shap_explanation
from credit.data import table

print(tree_shap_explanation.explain(None, table(), table(), None, [1], None, seed=0)["because"])
