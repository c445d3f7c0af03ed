"""Scripts as other programs write them: read into a draft and made Fountain, and written out again."""
