import huggingface_hub as hub

data = hub.ModelCardData(library_name="sklearn", license="apache-2.0")


def publish(description):
    card = hub.ModelCard.from_template(data, model_description=description)
    card.push_to_hub("loans/ranker")


publish("Ranks applications for a loan.")
