from importlib import metadata

from sqlalchemy import MetaData

print(metadata.version("pandas"))
tables = MetaData()
