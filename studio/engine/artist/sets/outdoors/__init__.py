"""Places under the sky."""
