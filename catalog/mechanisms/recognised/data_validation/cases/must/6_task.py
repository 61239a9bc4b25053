from prefect import Flow
from prefect.tasks.great_expectations import RunGreatExpectationsValidation

validated = RunGreatExpectationsValidation(context_root_dir="./expectations", name="people")
with Flow("people") as flow:
    validated(expectation_suite_name="people")
flow.run()
