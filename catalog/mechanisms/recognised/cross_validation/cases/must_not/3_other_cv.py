import cv2

image = cv2.imread('cv.png')
cv = cv2.resize(image, (2, 2))
