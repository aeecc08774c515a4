// SPDX-License-Identifier: MIT
#pragma once
// What the math functions should give, to much more than the precision of the result. Compiled once, not per target.
//
// For f32 the reference is double precision (within 2^-28 of a unit in the last place of f32, or 2^-25 for gamma); for
// f64 it is MPFR, or long double where CMake did not find MPFR (on x86 2^-9 of a unit, elsewhere as good as MPFR).
// A new function is one line here and one or two in reference.cpp.

#include <cmath>
#include <concepts>
#include <limits>
#include <vector>

namespace lanewise_tests {

/// A number of MPFR's; defined in reference.cpp.
struct number;

/// A real number in relation to T: nearest + rest * ulp, where ulp is the spacing of T at that number. ulp is 0 where
/// nothing but nearest will do: exact zeros with their sign, infinities that no overflow made, NaN.
template <std::floating_point T>
struct expected {
  T nearest;
  T ulp = 0;
  double rest = 0;
};

/// The error of `got` in units in the last place, infinity where it has the wrong sign or should have been exact.
/// Overflow: infinity counts as the number that would follow the largest.
template <std::floating_point T>
double ulps(T got, const expected<T>& want) {
  constexpr double never = std::numeric_limits<double>::infinity();
  if (want.ulp == 0 || std::isnan(got)) {
    if (std::isnan(want.nearest) && std::isnan(got)) return 0;
    return got == want.nearest && std::signbit(got) == std::signbit(want.nearest) ? 0 : never;
  }
  if (std::signbit(got) != std::signbit(want.nearest)) return never;
  if (got == want.nearest) return std::isinf(got) ? 0 : std::abs(want.rest);
  const auto half = [](T x) {
    const double largest = std::ldexp(1.0, std::numeric_limits<T>::max_exponent - 1);
    return std::isinf(x) ? std::copysign(largest, static_cast<double>(x)) : static_cast<double>(x) / 2;
  };
  if (std::isinf(got) || std::isinf(want.nearest)) {
    return std::abs((half(got) - half(want.nearest)) / (static_cast<double>(want.ulp) / 2) - want.rest);
  }
  return std::abs((static_cast<double>(got) - static_cast<double>(want.nearest)) / static_cast<double>(want.ulp) -
                  want.rest);
}

/// A function of one real number.
struct unary {
  const char* name;
  double (*in_double)(double);
  long double (*in_long_double)(long double);
  int (*in_mpfr)(number&, const number&);

  expected<float> operator()(float x) const;
  expected<double> operator()(double x) const;
};

/// A function of two.
struct binary {
  const char* name;
  double (*in_double)(double, double);
  long double (*in_long_double)(long double, long double);
  int (*in_mpfr)(number&, const number&, const number&);

  expected<float> operator()(float x, float y) const;
  expected<double> operator()(double x, double y) const;
};

/// The value as T has it, and the rest.
template <std::floating_point T, std::floating_point Wide>
expected<T> rounded(Wide exact) {
  if (exact == 0 || std::isinf(exact) || std::isnan(exact)) return {static_cast<T>(exact)};
  using limits = std::numeric_limits<T>;
  int e = 0;
  std::frexp(exact, &e);
  const T nearest = static_cast<T>(exact);
  const int unit = (e < limits::min_exponent   ? limits::min_exponent
                    : e > limits::max_exponent ? limits::max_exponent
                                               : e) -
                   limits::digits;
  const Wide finite = std::isinf(nearest) ? std::copysign(std::ldexp(Wide(1), limits::max_exponent), exact)
                                          : static_cast<Wide>(nearest);
  return {nearest, static_cast<T>(std::ldexp(Wide(1), unit)), static_cast<double>(std::ldexp(exact - finite, -unit))};
}

namespace reference {

extern const unary exp, exp2, exp10, expm1, log, log2, log10, log1p, sqrt, cbrt;
extern const unary sin, cos, tan, sinpi, cospi, asin, acos, atan;
extern const unary sinh, cosh, tanh, asinh, acosh, atanh;
extern const unary erf, erfc, tgamma, lgamma;
extern const unary sigmoid, gelu, silu, softplus;
extern const binary pow, hypot, atan2, fmod;

std::vector<const unary*> every_unary();
std::vector<const binary*> every_binary();

}  // namespace reference
}  // namespace lanewise_tests
