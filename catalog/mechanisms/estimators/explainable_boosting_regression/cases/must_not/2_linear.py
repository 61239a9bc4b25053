from interpret.glassbox import LinearRegression

model = LinearRegression()
