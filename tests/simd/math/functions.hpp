// SPDX-License-Identifier: MIT
// The math functions of one argument, as one list: for the run over all inputs. A new function is one line here.
// Read once for each target.

#include <lanewise/simd/arithmetic.hpp>
#include <lanewise/simd/math/activation.hpp>
#include <lanewise/simd/math/error_function.hpp>
#include <lanewise/simd/math/exp.hpp>
#include <lanewise/simd/math/gamma.hpp>
#include <lanewise/simd/math/hyperbolic.hpp>
#include <lanewise/simd/math/inverse_hyperbolic.hpp>
#include <lanewise/simd/math/inverse_trigonometric.hpp>
#include <lanewise/simd/math/log.hpp>
#include <lanewise/simd/math/max_ulp.hpp>
#include <lanewise/simd/math/pow.hpp>
#include <lanewise/simd/math/trigonometric.hpp>

#include "support/reference.hpp"

#ifndef LANEWISE_TESTS_MATH_INFO
#define LANEWISE_TESTS_MATH_INFO
namespace lanewise_tests {

/// What does not depend on the target.
struct math_function {
  const char* name;
  const unary* reference;
  double bound;     ///< in f32
  double from, to;  ///< where it holds
};

}  // namespace lanewise_tests
#endif

#if defined(LANEWISE_TESTS_MATH_FUNCTIONS_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_TESTS_MATH_FUNCTIONS_HPP
#undef LANEWISE_TESTS_MATH_FUNCTIONS_HPP
#else
#define LANEWISE_TESTS_MATH_FUNCTIONS_HPP
#endif

HWY_BEFORE_NAMESPACE();
namespace lanewise_tests {
namespace HWY_NAMESPACE {

/// Calls visit(math_function, f) for each.
template <class Visit>
void for_each_math_function(Visit visit) {
  namespace lw = ::lanewise::HWY_NAMESPACE;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  /// name(x), held to max_ulp::name against reference::name everywhere.
#define LANEWISE_TESTS_MATH(function)                                                                           \
  visit(math_function{#function, &reference::function, ::lanewise::max_ulp::function.f32, -infinity, infinity}, \
        [](auto x) LANEWISE_ATTR { return lw::function(x); })
  /// The same of any expression in x, and of a restricted range.
#define LANEWISE_TESTS_MATH_AS(label, expression, function, bound, from, to) \
  visit(math_function{label, &reference::function, bound.f32, from, to},     \
        [](auto x) LANEWISE_ATTR { return expression; })

  // arithmetic.hpp
  LANEWISE_TESTS_MATH(sqrt);
  // math/exp.hpp
  LANEWISE_TESTS_MATH(exp);
  LANEWISE_TESTS_MATH(exp2);
  LANEWISE_TESTS_MATH(exp10);
  LANEWISE_TESTS_MATH(expm1);
  // math/log.hpp
  LANEWISE_TESTS_MATH(log);
  LANEWISE_TESTS_MATH(log2);
  LANEWISE_TESTS_MATH(log10);
  LANEWISE_TESTS_MATH(log1p);
  // math/pow.hpp
  LANEWISE_TESTS_MATH(cbrt);
  // math/trigonometric.hpp
  LANEWISE_TESTS_MATH(sin);
  LANEWISE_TESTS_MATH(cos);
  LANEWISE_TESTS_MATH(tan);
  LANEWISE_TESTS_MATH(sinpi);
  LANEWISE_TESTS_MATH(cospi);
  LANEWISE_TESTS_MATH_AS("sincos, sin", lw::sincos(x).sin, sin, ::lanewise::max_ulp::sin, -infinity, infinity);
  LANEWISE_TESTS_MATH_AS("sincos, cos", lw::sincos(x).cos, cos, ::lanewise::max_ulp::cos, -infinity, infinity);
  LANEWISE_TESTS_MATH_AS("fast::sin", lw::fast::sin(x), sin, ::lanewise::max_ulp::fast::sin, -10000, 10000);
  LANEWISE_TESTS_MATH_AS("fast::cos", lw::fast::cos(x), cos, ::lanewise::max_ulp::fast::cos, -10000, 10000);
  LANEWISE_TESTS_MATH_AS("fast::tan", lw::fast::tan(x), tan, ::lanewise::max_ulp::fast::tan, -10000, 10000);
  // math/inverse_trigonometric.hpp
  LANEWISE_TESTS_MATH(asin);
  LANEWISE_TESTS_MATH(acos);
  LANEWISE_TESTS_MATH(atan);
  LANEWISE_TESTS_MATH_AS("fast::asin", lw::fast::asin(x), asin, ::lanewise::max_ulp::fast::asin, -1, 1);
  LANEWISE_TESTS_MATH_AS("fast::acos", lw::fast::acos(x), acos, ::lanewise::max_ulp::fast::acos, -1, 1);
  // math/hyperbolic.hpp
  LANEWISE_TESTS_MATH(sinh);
  LANEWISE_TESTS_MATH(cosh);
  LANEWISE_TESTS_MATH(tanh);
  // math/inverse_hyperbolic.hpp
  LANEWISE_TESTS_MATH(asinh);
  LANEWISE_TESTS_MATH(acosh);
  LANEWISE_TESTS_MATH(atanh);
  // math/error_function.hpp
  LANEWISE_TESTS_MATH(erf);
  LANEWISE_TESTS_MATH(erfc);
  LANEWISE_TESTS_MATH(gelu);
  // math/gamma.hpp
  LANEWISE_TESTS_MATH(tgamma);
  LANEWISE_TESTS_MATH(lgamma);
  // math/activation.hpp
  LANEWISE_TESTS_MATH(sigmoid);
  LANEWISE_TESTS_MATH(silu);
  LANEWISE_TESTS_MATH(softplus);
  LANEWISE_TESTS_MATH_AS("fast::sinh", lw::fast::sinh(x), sinh, ::lanewise::max_ulp::fast::sinh, -infinity, infinity);
  LANEWISE_TESTS_MATH_AS("fast::sigmoid", lw::fast::sigmoid(x), sigmoid, ::lanewise::max_ulp::fast::sigmoid, -105, 20);
  LANEWISE_TESTS_MATH_AS("fast::silu", lw::fast::silu(x), silu, ::lanewise::max_ulp::fast::silu, -110, 20);

#undef LANEWISE_TESTS_MATH
#undef LANEWISE_TESTS_MATH_AS
}

}  // namespace HWY_NAMESPACE
}  // namespace lanewise_tests
HWY_AFTER_NAMESPACE();

#endif  // LANEWISE_TESTS_MATH_FUNCTIONS_HPP
