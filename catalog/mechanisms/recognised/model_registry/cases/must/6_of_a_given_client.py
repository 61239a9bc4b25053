def newest(client, group):
    return client.list_model_packages(ModelPackageGroupName=group, MaxResults=1)


newest(make_client(), 'loans')
