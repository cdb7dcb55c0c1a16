"""The pages of an edition: each module decides what one kind of page says, as plain values."""
