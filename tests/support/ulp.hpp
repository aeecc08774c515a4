// SPDX-License-Identifier: MIT
// Measures the error of math functions against the reference, on each target. A test of one function:
//
//   for_each_type(float_types(), []<class T>() LANEWISE_ATTR {
//     check_error<T>("exp", [](auto x) LANEWISE_ATTR { return lw::exp(x); }, reference::exp,
//                    lanewise::max_ulp::exp.of<T>(), between(-104, 89), around(88.72));
//     check_specials<T>("exp", [](auto x) LANEWISE_ATTR { return lw::exp(x); },
//                       {{0, 1}, {-0.0, 1}, {infinity, infinity}, {-infinity, 0}, {nan, nan}});
//   });
//
// check_error looks at all exponents, both signs, subnormals, infinities, NaN, and at the places that it is given (see
// sample.hpp); zeros, infinities and NaN are compared exactly, signs of zeros included, so that check_specials is but a
// readable list of what matters. check_error_within looks at the given places alone: for functions of a restricted
// range. Functions of two arguments take both(between(0, 10), between(-20, 20)) for places and {x, y, result} for
// specials. Of functions of two results, check one at a time: [](auto x) LANEWISE_ATTR { return lw::sincos(x).sin; }.
// With N = 1, 2 and twice the native width results must be the same bits as with the native one.
//
// LANEWISE_PRINT_ULP=1 LANEWISE_TARGET=avx2 ./test-simd_math_exp prints the largest errors.

#include <lanewise/simd/simd.hpp>

#include <array>
#include <cstddef>
#include <initializer_list>
#include <random>
#include <string_view>
#include <vector>

#include <lanewise/simd/math/max_ulp.hpp>

#include "support/sample.hpp"

#if defined(LANEWISE_TESTS_ULP_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_TESTS_ULP_HPP
#undef LANEWISE_TESTS_ULP_HPP
#else
#define LANEWISE_TESTS_ULP_HPP
#endif

HWY_BEFORE_NAMESPACE();
namespace lanewise_tests {
namespace HWY_NAMESPACE {

/// f of n elements, n a multiple of N. Not inlined: f is compiled once for each N.
template <std::size_t N, class T, class F>
HWY_NOINLINE void evaluate(F f, const std::vector<T> (&x)[1], std::vector<T>& y) {
  using v = ::lanewise::HWY_NAMESPACE::simd<T, N>;
  for (std::size_t i = 0; i < y.size(); i += N) f(v::load(&x[0][i])).store(&y[i]);
}
template <std::size_t N, class T, class F>
HWY_NOINLINE void evaluate(F f, const std::vector<T> (&x)[2], std::vector<T>& y) {
  using v = ::lanewise::HWY_NAMESPACE::simd<T, N>;
  for (std::size_t i = 0; i < y.size(); i += N) f(v::load(&x[0][i]), v::load(&x[1][i])).store(&y[i]);
}

/// The same bits with N lanes as in `all`, which the native number gave, at inputs picked at random: so that rare cases
/// are mixed with common ones, which they are not in the sample.
template <std::size_t N, class T, std::size_t arguments, class F>
void check_same_bits(std::string_view what, F f, const sample<T, arguments>& s, const std::vector<T>& all) {
  constexpr std::size_t count = 16384;
  std::mt19937_64 random(seed);
  std::vector<T> x[arguments], want, got(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t from = random() % s.size();
    for (std::size_t a = 0; a < arguments; ++a) x[a].push_back(s.at(a, from));
    want.push_back(all[from]);
  }
  evaluate<N>(f, x, got);
  for (std::size_t i = 0; i < count; ++i) {
    if (same(got[i], want[i])) continue;
    FAIL_CHECK(what << ", simd<" << name_of<T>() << ", " << N << ">, target " << hwy::TargetName(HWY_TARGET) << ": f("
                    << text_with_bits(x[0][i]) << (arguments > 1 ? ", " : "")
                    << (arguments > 1 ? text_with_bits(x[arguments - 1][i]) : "") << ") is " << text_with_bits(got[i])
                    << ", but another number of lanes gives " << text_with_bits(want[i]));
    return;
  }
  SUCCEED();
}

template <class T, class F, class Reference, class Place>
void check_error_in(std::string_view what, F f, const Reference& reference, double bound, domain where,
                    const std::vector<Place>& more) {
  constexpr std::size_t native = ::lanewise::HWY_NAMESPACE::native_width<T>;
  const auto& s = sample_of<T>(reference, where, more);
  std::vector<T> got(s.size());
  evaluate<native>(f, s.x, got);
  expect_error(what, hwy::TargetName(HWY_TARGET), native, got, s, bound);
  if constexpr (native > 1) check_same_bits<1>(what, f, s, got);
  if constexpr (native > 2) check_same_bits<2>(what, f, s, got);
  check_same_bits<2 * native>(what, f, s, got);
}

template <class T, std::size_t arguments, class F>
void check_specials_in(std::string_view what, F f, const sample<T, arguments>& s) {
  constexpr std::size_t native = ::lanewise::HWY_NAMESPACE::native_width<T>;
  std::vector<T> got(s.size());
  evaluate<native>(f, s.x, got);
  expect_error(what, hwy::TargetName(HWY_TARGET), native, got, s, 0);
}

/// The error of f, of one argument, is at most `bound` units in the last place over the whole range of T.
template <class T, class F, std::same_as<place>... Place>
void check_error(std::string_view what, F f, const unary& reference, double bound, Place... more) {
  check_error_in<T>(what, f, reference, bound, domain::all, std::vector<place>{more...});
}
/// The same of two arguments.
template <class T, class F, std::same_as<places>... Places>
void check_error(std::string_view what, F f, const binary& reference, double bound, Places... more) {
  check_error_in<T>(what, f, reference, bound, domain::all, std::vector<places>{more...});
}

/// The error at the given places alone.
template <class T, class F, std::same_as<place>... Place>
void check_error_within(std::string_view what, F f, const unary& reference, double bound, Place... where) {
  check_error_in<T>(what, f, reference, bound, domain::places_only, std::vector<place>{where...});
}
template <class T, class F, std::same_as<places>... Places>
void check_error_within(std::string_view what, F f, const binary& reference, double bound, Places... where) {
  check_error_in<T>(what, f, reference, bound, domain::places_only, std::vector<places>{where...});
}

/// f is exactly the result of each entry, in every lane; NaN equals NaN, zeros of different sign differ.
template <class T, class F>
void check_specials(std::string_view what, F f, const std::vector<special>& entries) {
  check_specials_in<T>(what, f, special_sample<T>(entries));
}
template <class T, class F>
void check_specials(std::string_view what, F f, const std::vector<special_pair>& entries) {
  check_specials_in<T>(what, f, special_sample<T>(entries));
}

}  // namespace HWY_NAMESPACE
}  // namespace lanewise_tests
HWY_AFTER_NAMESPACE();

#endif  // LANEWISE_TESTS_ULP_HPP
