"""Which object made which, from the scale set down to the job's pod."""
