from pyspark.sql import SparkSession

rows = SparkSession.builder.getOrCreate().read.parquet("rows")
train, test = rows.select("a", "b").randomSplit([0.8, 0.2])  # finds: H001
