"""Which adapter serves which kind. Offline ones are always there; each output names its provider and how complete it is."""

from __future__ import annotations

from functools import lru_cache

from studio.providers.port import ImageProvider, MusicProvider, VoiceProvider


@lru_cache(maxsize=1)
def image_provider() -> ImageProvider:
    from studio.providers.image.offline import PanelArtist

    return PanelArtist()


@lru_cache(maxsize=1)
def voice_provider() -> VoiceProvider:
    from studio.providers.voice.offline import EspeakVoice

    return EspeakVoice()


@lru_cache(maxsize=1)
def music_provider() -> MusicProvider:
    from studio.providers.music.offline import OfflineMusic

    return OfflineMusic()
