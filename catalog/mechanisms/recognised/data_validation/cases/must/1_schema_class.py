import pandera.pandas as pa


class People(pa.DataFrameModel):
    age: int = pa.Field(ge=0)


People.validate(table)
