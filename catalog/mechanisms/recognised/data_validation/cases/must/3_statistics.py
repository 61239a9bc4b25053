import tensorflow_data_validation as tfdv

anomalies = tfdv.validate_statistics(statistics=stats, schema=schema)
