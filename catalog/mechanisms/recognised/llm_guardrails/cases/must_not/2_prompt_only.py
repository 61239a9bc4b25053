SYSTEM = 'Refuse harmful requests. Guardrails apply.'
