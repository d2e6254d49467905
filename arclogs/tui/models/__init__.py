"""What screens show, as data: built from reports, traces and rules, without a widget in sight."""
