import great_expectations as gx

context = gx.get_context()
result = context.run_checkpoint(checkpoint_name='daily')
