"""What one part of a plan says of another: mentions, indicators of services, standards of standards."""
