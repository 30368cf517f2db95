"""468 points of a face by MediaPipe's landmark network (face_landmark.tflite of the PyPI wheel mediapipe 0.10.21, Apache-2.0)."""
import math

import cv2
import numpy as np

SIDE = 192  # of the network's input, pixels
MARGIN = 1.5  # of the square it sees, in longer sides of the box
EYES = (33, 263)  # outer corners


class FaceMesh:
    def __init__(self, tflite):
        from ai_edge_litert.interpreter import Interpreter
        self.net = Interpreter(tflite, num_threads=1)
        self.net.allocate_tensors()

    def __call__(self, picture, box):
        """picture uint8 [h, w, 3] RGB, box (left, top, right, bottom) in its pixels -> float32 [468, 2] in its pixels.

        Seen twice: the second time turned so that the eyes are level.
        """
        level = self._look(picture, box, 0.0)
        left, right = level[EYES[0]], level[EYES[1]]
        return self._look(picture, box, math.atan2(right[1] - left[1], right[0] - left[0]))

    def _look(self, picture, box, angle):
        middle = np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])
        scale = SIDE / (MARGIN * max(box[2] - box[0], box[3] - box[1]))
        c, s = scale * math.cos(angle), scale * math.sin(angle)
        turn = np.array([[c, s, 0], [-s, c, 0]], np.float32)
        turn[:, 2] = SIDE / 2 - turn[:, :2] @ middle
        pixels = cv2.warpAffine(picture, turn, (SIDE, SIDE), flags=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        self.net.set_tensor(self.net.get_input_details()[0]["index"], pixels[None].astype(np.float32) / 255)
        self.net.invoke()
        outputs = (self.net.get_tensor(d["index"]) for d in self.net.get_output_details())
        points = next(v for v in outputs if v.size == 468 * 3).reshape(468, 3)[:, :2]
        back = cv2.invertAffineTransform(turn)
        return (points @ back[:, :2].T + back[:, 2]).astype(np.float32)
