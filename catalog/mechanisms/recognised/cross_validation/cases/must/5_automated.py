from azureml.train.automl import AutoMLConfig

search = AutoMLConfig(task="classification", training_data=rows, label_column_name="granted", n_cross_validations=5)
