"""The form that units fill: its writer."""
