from huggingface_hub import DatasetCard, DatasetCardData

facts = DatasetCardData(language="en", license="cc-by-4.0", pretty_name="Loans 2024")
card = DatasetCard.from_template(facts, dataset_summary="Applications received by one branch in 2024.")
card.save("README.md")
