from joblib import dump
from model import trained


def main():
    dump(trained(), "models/model.joblib", compress=3)


main()
