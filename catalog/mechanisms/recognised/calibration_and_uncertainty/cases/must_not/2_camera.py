import cv2

camera = cv2.calibrateCamera(points, image_points, size, None, None)
