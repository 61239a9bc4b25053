import os

model = os.getenv('MODEL_PATH', 'model.bin')
longest = int(os.environ.get('MAX_TOKENS', '256'))
here = os.environ['PWD']
quiet = os.environ.get('TOKENIZERS_PARALLELISM')
host = os.environ['KEYCLOAK_HOST']
