from importlib import metadata

print({name: metadata.version(name) for name in ("pandas", "numpy")})
