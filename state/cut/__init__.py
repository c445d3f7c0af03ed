"""The Cut room: one cut edited by hand, and what stands around it."""
