from llm_guard.input_scanners import Anonymize
from llm_guard.vault import Vault

prompt, is_valid, risk = Anonymize(Vault()).scan(question)
