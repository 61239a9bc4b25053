import cv2

ok, matrix, distortion, rotations, shifts = cv2.calibrateCamera([], [], (640, 480), None, None)
print("calibration", matrix)
