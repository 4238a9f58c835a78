"""Words of the field as data, each row with its source."""
