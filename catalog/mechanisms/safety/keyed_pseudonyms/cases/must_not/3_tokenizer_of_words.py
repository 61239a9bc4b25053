from transformers import AutoTokenizer

print(AutoTokenizer.from_pretrained("bert-base-uncased")("a sentence"))
