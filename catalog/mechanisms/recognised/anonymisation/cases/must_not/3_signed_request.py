import hmac

if not hmac.compare_digest(hmac.new(key, body, 'sha256').hexdigest(), signature):
    raise ValueError
