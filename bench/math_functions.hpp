// SPDX-License-Identifier: MIT
#pragma once
// The math functions that are timed: name, the plain expression (of any floating-point type, also the reference), and
// the ranges that its arguments come from, evenly spread. A new function is one line here, and, for each peer that has
// it, one in math_static.cpp.

/// one(name, expression in x, from, to): of one argument; lanewise's is name(x).
/// two(name, expression in x and y, x from, x to, y from, y to).
/// fast(name, expression, from, to): one whose variant is lanewise::fast::name(x), timed in name's table.
#define LANEWISE_BENCH_MATH(one, two, fast)                                                               \
  one(sqrt, std::sqrt(x), 0, 100) one(log, std::log(x), 0.001, 1000) one(log2, std::log2(x), 0.001, 1000) \
      one(log10, std::log10(x), 0.001, 1000) one(log1p, std::log1p(x), -0.9, 10)

// What <cmath> lacks.
#include <cmath>
#include <concepts>
#include <numbers>

namespace bench {

template <std::floating_point F>
F plain_sinpi(F x) {
  return std::sin(std::numbers::pi_v<F> * std::remainder(x, F(2)));
}
template <std::floating_point F>
F plain_cospi(F x) {
  return std::cos(std::numbers::pi_v<F> * std::remainder(x, F(2)));
}

}  // namespace bench
