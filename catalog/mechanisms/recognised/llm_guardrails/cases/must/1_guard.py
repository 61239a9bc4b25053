from guardrails import Guard

guard = Guard().use(validator)
guard.validate(answer)
