"""Stages, rates, targets against actuals, cadence."""
