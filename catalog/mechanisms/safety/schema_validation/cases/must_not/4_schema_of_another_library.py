import pyarrow as pa
import pyarrow.csv

schema = pa.schema([("age", pa.int64()), ("job", pa.string())])
table = pyarrow.csv.read_csv("applications.csv").cast(schema)
