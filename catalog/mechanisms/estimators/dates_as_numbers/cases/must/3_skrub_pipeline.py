from skrub import DatetimeEncoder, TableVectorizer
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline

model = make_pipeline(TableVectorizer(datetime=DatetimeEncoder(add_weekday=True)), Ridge())
