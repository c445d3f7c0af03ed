"""Commands that look at a media file, without a studio."""
