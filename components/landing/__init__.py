"""The front page: a poster made of one real film."""
