"""Use cases of cuts by hand: made (making), edited (changing), undone (undoing), looked back on (history), merged (merging),
brought in (importing), shown (viewing); every act is written into the journal the same way (acting)."""
