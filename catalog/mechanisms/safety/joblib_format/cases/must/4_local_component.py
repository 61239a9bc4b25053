from pathlib import Path

from credit.components.joblib_format import save
from credit.model import trained

save(trained(), Path("models"))
