import subprocess

subprocess.run(["pip", "check"], check=True)
