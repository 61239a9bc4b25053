import hmac


def pseudonymise(value):
    return hmac.new(key, value.encode(), 'sha256').hexdigest()


table['name'] = pseudonymise(table['name'][0])
