"""What people hold, drawn in the hand that holds it."""
