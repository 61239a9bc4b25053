import model_signing

model_signing.signing.Config().use_elliptic_key_signer(private_key="key.pem").sign("models", "models.sig")
