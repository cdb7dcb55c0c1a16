"""The log posterior density with N and alpha integrated out, and its gradient, as trajectories go.

Over the coordinates of `coordinates`, with w_k = rho_k / c_k, R_k the sum of rho from k on, u_k
the sum of w from k on over R_k, S = u_1 = 1 / (1 - p_0):
sum_x n_x log sum_k w_k q_kx - n log S - (n + s) log(1 - q + q / S) - log S
+ sum_{k<K} (log V_k - log c_k) - sum_{1<k<K} log u_k - (a + K - 1) log(b - log nu_K)
+ sum_jk (a_l log lambda_jk + b_l log(1 - lambda_jk)), with V the sticks of rho.
Under 1/N the likelihood does not contain S.
"""

import numpy as np

from stelae.estimation.compiled import compiled
from stelae.estimation.latent_class.coordinates import reflect
from stelae.estimation.latent_class.posterior import LONGEST, STEEPEST, Floats, Model, Work

__all__ = ["log_density"]


@compiled
def log_density(
    y: Floats, gradient: Floats, model: Model, work: Work, is_wanted: bool = True
) -> float:
    """Log posterior density at y up to a constant; its gradient is written to `gradient`.

    Minus infinity, with no gradient, where y is too steep or the density vanishes. Where the
    density is not wanted the logarithms are left out: then 0 stands for any finite one.
    """
    lists, classes = model.lists, model.classes
    sticks = lists * classes
    theta = work.logits
    reflect(y, theta, model)
    steep = False
    for i in range(sticks):
        steep |= not abs(theta[i]) <= STEEPEST
    for i in range(sticks, len(y)):
        steep |= not abs(y[i]) <= LONGEST
    if steep:
        return -np.inf
    base, caught = work.base, work.caught
    for k in range(classes):
        base[k] = 1.0
        caught[k] = 0.0
    for j in range(lists):
        odds_j, capture_j = work.odds[j], work.capture[j]
        for k in range(classes):
            odds_j[k] = np.exp(theta[j * classes + k])
        for k in range(classes):
            absent = 1.0 / (1.0 + odds_j[k])
            capture_j[k] = odds_j[k] * absent
            caught[k] += base[k] * capture_j[k]
            base[k] *= absent
    left = 1.0
    log_left = 0.0
    product = 1.0
    for k in range(classes - 1):
        logit = y[sticks + k]
        away = np.exp(-abs(logit))
        product *= 1.0 + away
        log_left -= max(logit, 0.0)
        inverse = 1.0 / (1.0 + away)
        if logit > 0:
            work.stick[k] = inverse
            rest = away * inverse
        else:
            work.stick[k] = away * inverse
            rest = inverse
        work.rest[k] = rest
        work.share[k] = left * work.stick[k] / caught[k]
        left *= rest
    work.share[classes - 1] = left / caught[classes - 1]
    log_left -= np.log(product)
    later = work.later
    later[classes - 1] = 1.0 / caught[classes - 1]
    for k in range(classes - 2, -1, -1):
        later[k] = work.stick[k] / caught[k] + work.rest[k] * later[k + 1]
    whole = later[0]
    shape = model.alpha_a + classes - 1
    rate = model.alpha_b - log_left + np.log(caught[classes - 1] * whole)
    unseen = (1.0 - model.size_q) + model.size_q / whole
    density = _seen_dense(model, work, is_wanted) if model.dense else _seen_sparse(model, work)
    if is_wanted:
        density -= shape * np.log(rate) + (model.people + 1.0) * np.log(whole)
        density -= (model.people + model.size_s) * np.log(unseen)
        density += _of_prior(y, model, work)
    else:
        density = 0.0 * whole

    pull = -(model.people + 1.0 + shape / rate) / whole
    pull += (model.people + model.size_s) * model.size_q / (whole * whole * unseen)
    after = 0.0
    for k in range(classes):
        after += work.mass[k]
    for k in range(classes):
        mass = work.mass[k]
        after -= mass
        turn = -mass
        if k < classes - 1:
            broken, rest = work.stick[k], work.rest[k]
            reach = broken / caught[k]
            gradient[sticks + k] = (
                rest * (mass + 1.0)
                - broken * (after + shape / rate)
                + pull * rest * (reach - broken * later[k + 1])
            )
            turn -= 1.0 + pull * reach
            pull *= rest
            if k < classes - 2:
                pull -= 1.0 / later[k + 1]
        else:
            turn -= shape / rate + pull / caught[k]
        work.mass[k] = mass - turn * base[k] / caught[k]
    for j in range(lists):
        for k in range(classes):
            capture = work.capture[j, k]
            theta[j * classes + k] = (
                work.sums[j, k]
                - capture * work.mass[k]
                + model.list_a * (1.0 - capture)
                - model.list_b * capture
            )
    reflect(theta, gradient, model)
    return density if np.isfinite(density) else -np.inf


@compiled
def _of_prior(y: Floats, model: Model, work: Work) -> float:
    """What captures and sticks add, but for S and nu_K. Products come before logarithms."""
    lists, classes = model.lists, model.classes
    density = 0.0
    for i in range(lists * classes):
        density += model.list_a * work.logits[i]
    product = 1.0
    for k in range(classes):
        product *= work.base[k]
        if product < 1e-100:
            density += (model.list_a + model.list_b) * np.log(product)
            product = 1.0
    density += (model.list_a + model.list_b) * np.log(product)
    product = 1.0
    for k in range(classes - 1):
        logit = y[lists * classes + k]
        density += min(logit, 0.0)
        product *= work.caught[k] * (1.0 + np.exp(-abs(logit)))
        if k:
            product *= work.later[k]
        if not 1e-100 < product < 1e100:
            density -= np.log(product)
            product = 1.0
    return float(density - np.log(product))


@compiled
def _seen_dense(model: Model, work: Work, is_wanted: bool) -> float:
    """Sum of n_x log P_x; `mass[k]` = sum of n_x / P_x w_k q_kx, `sums[j, k]` where x_j = 1.

    All w_k q_kx by subset products, q[x + 2^j] = q[x] odds_j; their sums by the reverse fold.
    """
    classes = model.classes
    cells = work.cells
    for k in range(classes):
        cells[0, k] = work.share[k] * work.base[k]
    for j in range(model.lists):
        half = 1 << j
        for x in range(half):
            for k in range(classes):
                cells[half + x, k] = cells[x, k] * work.odds[j, k]
    density = 0.0
    at = 0
    for x in range(1 << model.lists):
        pull = 0.0
        if at < len(model.masks) and model.masks[at] == x:
            probability = 0.0
            for k in range(classes):
                probability += cells[x, k]
            if is_wanted:
                density += model.counts[at] * np.log(probability)
            pull = model.counts[at] / probability
            at += 1
        for k in range(classes):
            cells[x, k] *= pull
    for j in range(model.lists - 1, -1, -1):
        half = 1 << j
        for k in range(classes):
            work.sums[j, k] = 0.0
        for x in range(half):
            for k in range(classes):
                work.sums[j, k] += cells[half + x, k]
                cells[x, k] += cells[half + x, k]
    for k in range(classes):
        work.mass[k] = cells[0, k]
    return density


@compiled
def _seen_sparse(model: Model, work: Work) -> float:
    """The same over the histories that were seen, each product list by list."""
    classes = model.classes
    work.mass[:] = 0.0
    work.sums[:] = 0.0
    row = work.cells[0]
    density = 0.0
    for at in range(len(model.masks)):
        mask = model.masks[at]
        for k in range(classes):
            row[k] = work.share[k] * work.base[k]
        for j in range(model.lists):
            if mask >> j & 1:
                for k in range(classes):
                    row[k] *= work.odds[j, k]
        probability = 0.0
        for k in range(classes):
            probability += row[k]
        density += model.counts[at] * np.log(probability)
        pull = model.counts[at] / probability
        for k in range(classes):
            row[k] *= pull
            work.mass[k] += row[k]
        for j in range(model.lists):
            if mask >> j & 1:
                for k in range(classes):
                    work.sums[j, k] += row[k]
    return density
