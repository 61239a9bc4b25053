import great_expectations as gx
import pandas as pd

table = pd.read_csv("applications.csv")
context = gx.get_context()
batch = context.data_sources.add_pandas("p").add_dataframe_asset("a").add_batch_definition_whole_dataframe("b")
expectation = gx.expectations.ExpectColumnValuesToBeBetween(column="age", min_value=18, max_value=100)
result = batch.get_batch(batch_parameters={"dataframe": table}).validate(expectation)
assert result.success
