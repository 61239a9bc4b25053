import mlrun

context = mlrun.get_or_create_ctx('train')
context.log_result('auc', auc)
