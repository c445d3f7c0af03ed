"""What a file is held against, each limit with its source. None is ours but where it says so."""

from __future__ import annotations

BLACK_PIXEL = 0.10
"""A pixel this near to black counts as black, as a share of the range. Source: FFmpeg blackdetect, pixel_black_th."""

BLACK_SHARE = 0.98
"""Share of black pixels that makes a frame black. Source: FFmpeg blackdetect, picture_black_ratio_th."""

BLACK_S = 2.0
"""Seconds of black that are said. Source: FFmpeg blackdetect, black_min_duration."""

FROZEN_NOISE = 0.001
"""Mean difference of two frames (share of the range) under which they are the same. Source: FFmpeg freezedetect, -60 dB."""

FROZEN_S = 2.0
"""Source: FFmpeg freezedetect, duration."""

SILENCE_DB = -60.0
"""Source: FFmpeg silencedetect, noise."""

SILENCE_S = 2.0
"""Source: FFmpeg silencedetect, duration."""

FULL_SCALE = 0.99997
"""A sample at the last step of 16 bits or beyond it is taken for clipped. Source: AES17, digital full scale."""

PEAK_TOLERANCE_DB = 0.3
"""Source: EBU Tech 3341, how far true-peak meters may differ upwards, at 4 times oversampling (0.2 up to 0.3 dB)."""

LOUDNESS_TOLERANCE_LU = 1.0
"""Source: EBU R 128, deviation where the exact level is not reached in practice."""

FLASH_CD_M2 = 20.0
"""Change of luminance that is half a flash. Source: ITU-R BT.1702."""

FLASH_DARKER_CD_M2 = 160.0
"""... where the darker of the two pictures is below this. Source: ITU-R BT.1702."""

FLASH_AREA = 0.25
"""... and it covers more than this share of the screen. Source: ITU-R BT.1702."""

FLASHES = 3
"""More flashes than this within any second are harmful. Source: ITU-R BT.1702."""

WHITE_CD_M2 = 200.0
"""Luminance of white on the screen BT.1702 speaks of; in between as ITU-R BT.1886, gamma 2.4."""

READ_CPS = 20.0
"""Characters a second a viewer can read. Source: Netflix timed text style guide, English, adults."""

CAPTION_LEAST_S = 5 / 6
"""Source: Netflix timed text style guide, shortest subtitle."""

CAPTION_LINES = 2
CAPTION_WIDTH = 42
"""Source: Netflix timed text style guide, lines and characters a line."""

SAFE = 0.05
"""What text leaves free at each edge. Source: SMPTE ST 2046-1, safe title area of 90 %."""

SSIM_GOOD, SSIM_FAIR = 0.95, 0.88
"""From the first on a picture is good, under the second it is poor. Source: Zinner et al. 2010, SSIM against opinion scores."""

AAC_PACKET = 1024
"""Samples sound may end apart from the picture where that is longer than a frame: it cannot end between packets."""
