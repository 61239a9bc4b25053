from langchain.agents import create_agent

from shared.middleware import GuardrailsMiddleware

agent = create_agent(model="gpt-4.1", tools=[], middleware=[GuardrailsMiddleware(block_off_topic=True)])
