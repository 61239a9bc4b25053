from kfp import dsl


@dsl.component(packages_to_install=["polars", "scikit-learn==1.7.2"], base_image="python:3.12.11")  # finds: H007
def count_rows(path: str) -> int:
    import polars

    return polars.read_csv(path).height


@dsl.component(packages_to_install=["polars==1.9.0"], base_image="python:3.12.11")
def count_columns(path: str) -> int:
    import polars

    return polars.read_csv(path).width


@dsl.pipeline(name="counts")
def counts(path: str):
    count_rows(path=path)
    count_columns(path=path)
