"""Measured speed and memory: `python -m benchmarks` for the whole job, `python -m benchmarks NAME` for a part."""
