from sklearn.linear_model import LassoLarsIC as Sparse


def model():
    return Sparse(criterion="bic")


if __name__ == "__main__":
    print(model())
