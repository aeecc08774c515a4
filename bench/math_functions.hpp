// SPDX-License-Identifier: MIT
#pragma once
// The math functions that are timed: name, the plain expression (of any floating-point type, also the reference), and
// the ranges that its arguments come from, evenly spread. A new function is one line here, and, for each peer that has
// it, one in math_static.cpp.

/// The expressions are of the argument's type, so that the same text gives the plain loop and the reference.
///
/// one(name, expression in x, from, to): of one argument; lanewise's is name(x).
/// two(name, expression in x and y, x from, x to, y from, y to).
/// fast(name, expression, from, to): one whose variant is lanewise::fast::name(x), timed in name's table.
/// fast_two: likewise of two arguments.
// clang-format off
#define LANEWISE_BENCH_MATH(one, two, fast, fast_two) \
  one(sqrt, std::sqrt(x), 0, 100) \
  one(exp, std::exp(x), -80, 80) \
  one(exp2, std::exp2(x), -100, 100) \
  one(exp10, std::pow(decltype(x)(10), x), -30, 30) \
  one(expm1, std::expm1(x), -5, 5) \
  one(log, std::log(x), 0.001, 1000) \
  one(log2, std::log2(x), 0.001, 1000) \
  one(log10, std::log10(x), 0.001, 1000) \
  one(log1p, std::log1p(x), -0.9, 10) \
  two(pow, std::pow(x, y), 0.1, 10, -10, 10) \
  one(cbrt, std::cbrt(x), -1000, 1000) \
  two(hypot, std::hypot(x, y), -100, 100, -100, 100) \
  one(sin, std::sin(x), -100, 100) \
  one(cos, std::cos(x), -100, 100) \
  one(tan, std::tan(x), -100, 100) \
  one(sinpi, plain_sinpi(x), -100, 100) \
  one(cospi, plain_cospi(x), -100, 100) \
  one(asin, std::asin(x), -1, 1) \
  one(acos, std::acos(x), -1, 1) \
  one(atan, std::atan(x), -10, 10) \
  two(atan2, std::atan2(x, y), -10, 10, -10, 10) \
  one(sinh, std::sinh(x), -10, 10) \
  one(cosh, std::cosh(x), -10, 10) \
  one(tanh, std::tanh(x), -5, 5) \
  one(asinh, std::asinh(x), -100, 100) \
  one(acosh, std::acosh(x), 1, 100) \
  one(atanh, std::atanh(x), -0.99, 0.99) \
  one(erf, std::erf(x), -3, 3) \
  one(erfc, std::erfc(x), -3, 9) \
  one(tgamma, std::tgamma(x), 0.1, 30) \
  one(lgamma, std::lgamma(x), 0.1, 100) \
  two(fmod, std::fmod(x, y), -1000, 1000, 0.1, 10) \
  one(sigmoid, 1 / (1 + std::exp(-x)), -10, 10) \
  one(silu, x / (1 + std::exp(-x)), -10, 10) \
  one(gelu, plain_gelu(x), -5, 5) \
  one(softplus, plain_softplus(x), -10, 10) \
  fast(sin, std::sin(x), -100, 100) \
  fast(cos, std::cos(x), -100, 100) \
  fast(tan, std::tan(x), -100, 100) \
  fast(asin, std::asin(x), -1, 1) \
  fast(acos, std::acos(x), -1, 1) \
  fast_two(atan2, std::atan2(x, y), -10, 10, -10, 10) \
  fast_two(hypot, std::hypot(x, y), -100, 100, -100, 100) \
  fast(sinh, std::sinh(x), -10, 10) \
  fast_two(fmod, std::fmod(x, y), -1000, 1000, 0.1, 10) \
  fast(sigmoid, 1 / (1 + std::exp(-x)), -10, 10) \
  fast(silu, x / (1 + std::exp(-x)), -10, 10)
// clang-format on

// What <cmath> lacks.
#include <algorithm>
#include <cmath>
#include <concepts>
#include <numbers>

namespace bench {

/// Close to zeros as exact as anywhere: the angle is taken from the zero.
template <std::floating_point F>
F plain_sinpi(F x) {
  const F r = std::remainder(x, F(2));
  return std::sin(std::numbers::pi_v<F> * (std::abs(r) > F(0.5) ? std::copysign(F(1), r) - r : r));
}
template <std::floating_point F>
F plain_cospi(F x) {
  return std::sin(std::numbers::pi_v<F> * (F(0.5) - std::abs(std::remainder(x, F(2)))));
}
template <std::floating_point F>
F plain_gelu(F x) {
  return x * (std::erfc(x / -std::numbers::sqrt2_v<F>) / 2);
}
template <std::floating_point F>
F plain_softplus(F x) {
  return std::max(x, F(0)) + std::log1p(std::exp(-std::abs(x)));
}

}  // namespace bench
