"""Leontief's model: what a yuan of demand sets going, and what is lost when a sector goes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import lu_factor, lu_solve

from .table import Array, IOTable


class ModelError(ArithmeticError):
    """Coefficients from which no economy can be computed."""


def coefficients(flows: Array, output: Array) -> Array:
    """A_ij = Z_ij / x_j; zero in the columns of sectors without output."""
    return np.asarray(np.divide(flows, output[None, :], out=np.zeros_like(flows), where=output[None, :] > 0))


def local_coefficients(table: IOTable) -> Array:
    """A scaled in each row by the share of use that is made here: inflow is taken as spread evenly over users."""
    return coefficients(table.flows, table.output) * table.local_share[:, None]


@dataclass(frozen=True, slots=True)
class Leontief:
    """L = (I - A)⁻¹, N × N, with what was put in."""

    a: Array
    l: Array  # noqa: E741 (the letter of the literature)

    @property
    def output_multipliers(self) -> Array:
        """m_j = Σ_i L_ij: yuan of output in all sectors per yuan of final demand for j (type I)."""
        return np.asarray(self.l.sum(0))

    def weighted_multipliers(self, per_output: Array) -> Array:
        """Σ_i e_i L_ij: jobs, tax or value added in all sectors per yuan of final demand for j; e is per yuan of output."""
        return np.asarray(per_output @ self.l)

    def output_of(self, final_demand: Array) -> Array:
        """x = L f."""
        return np.asarray(self.l @ final_demand)

    def extraction_losses(self, output: Array, per_output: Array | None = None) -> Array:
        """Loss in all sectors when j vanishes (its row, its column, its final demand), for every j at once.

        loss_j = x_j · (Σ_i e_i L_ij) / L_jj (Dietzenbacher, van der Linden & Steenge 1993): one division in place of solving
        N systems. e is 1 for output.
        """
        weights = self.output_multipliers if per_output is None else self.weighted_multipliers(per_output)
        return np.asarray(output * weights / self.l.diagonal())

    def extraction_profile(self, output: Array, j: int) -> Array:
        """Loss of output in each sector when j vanishes: x_j · L_ij / L_jj; of j itself everything."""
        return np.asarray(output[j] * self.l[:, j] / self.l[j, j])


def leontief(a: Array) -> Leontief:
    """The inverse of I - A by one factorisation.

    Raises:
        ModelError: negative coefficients, or sectors that use more than they make (no non-negative inverse).
    """
    if (a < -1e-12).any():
        i, j = np.argwhere(a < -1e-12)[0]
        raise ModelError(f"第{i + 1}行第{j + 1}列的系数{a[i, j]:g}为负 / coefficient {a[i, j]:g} is below zero")
    n = len(a)
    inverse = lu_solve(lu_factor(np.eye(n) - a), np.eye(n))
    if not np.isfinite(inverse).all() or (inverse < -1e-8).any() or (inverse.diagonal() < 1 - 1e-8).any():
        raise ModelError(
            "中间投入不小于产出，里昂惕夫逆不存在 / inputs are no less than outputs: no non-negative inverse"
        )
    return Leontief(a, np.asarray(inverse))


def extraction_by_loop(a: Array, output: Array, sectors: range | None = None) -> Array:
    """The same losses by solving the remaining economy anew for each sector: the definition, to check the formula against."""
    n = len(a)
    final = output - a @ output
    losses = []
    for j in sectors if sectors is not None else range(n):
        rest = a.copy()
        rest[j, :] = 0.0
        rest[:, j] = 0.0
        demand = final.copy()
        demand[j] = 0.0
        losses.append(output.sum() - np.linalg.solve(np.eye(n) - rest, demand).sum())
    return np.array(losses)
