GUARDRAILS_MODEL = "gpt-4.1-mini"
GUARDRAILS_PROMPT = "You are a lenient filter of questions."


def settings():
    return {"model": GUARDRAILS_MODEL, "guardrails_prompt": GUARDRAILS_PROMPT}
