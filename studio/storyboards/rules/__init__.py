"""The rules by which a scene becomes shots."""
