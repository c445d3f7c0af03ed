"""The breakdown of a tab: the sheet of a scene, the strip board, the cast by scene."""
