"""What sets are built with: scene and walls, room shells, furniture, vehicles, weather. No place of its own."""
