from pyspark.sql import SparkSession

rows = SparkSession.builder.getOrCreate().read.parquet("rows")
train, test = rows.randomSplit([0.8, 0.2], 11)
less, rest = train.randomSplit([0.1, 0.9], seed=11)
