import dvc.api

with dvc.api.open('data/people.csv', rev='v1.2') as stream:
    text = stream.read()
