// SPDX-License-Identifier: MIT
// rcp, rsqrt and their estimates, on every target, against long double.
#define LANEWISE_KERNEL_FILE "simd/reciprocal.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/reciprocal.hpp>

#include "support/per_target.hpp"
#include "support/sweep.hpp"

#ifndef LANEWISE_TESTS_RECIPROCAL_REFERENCE
#define LANEWISE_TESTS_RECIPROCAL_REFERENCE
namespace reciprocal_tests {

using namespace lanewise_tests;

/// Dense in [1, 4), over which everything repeats itself, then every exponent, subnormal numbers too, then what is
/// special: zeros, infinities, NaN, negative numbers.
template <class T>
const std::vector<T>& values() {
  static const std::vector<T> made = [] {
    using limits = std::numeric_limits<T>;
    std::mt19937_64 random(seed);
    std::vector<T> all;
    while (all.size() < 40000) all.push_back(std::uniform_real_distribution<T>(1, 4)(random));
    for (int exponent = limits::min_exponent - limits::digits; exponent < limits::max_exponent; ++exponent) {
      for (int i = 0; i < 8; ++i) all.push_back(std::ldexp(std::uniform_real_distribution<T>(1, 2)(random), exponent));
    }
    all.insert(all.end(), {T(0), T(-0.0), T(-1), -limits::denorm_min(), limits::denorm_min(), limits::infinity(),
                           -limits::infinity(), limits::quiet_NaN(), limits::max(), limits::min(), limits::lowest()});
    while (all.size() % 128 != 0) all.push_back(T(1));
    return all;
  }();
  return made;
}

template <class T>
long double reciprocal(T x, bool of_root) {
  return 1.0L / (of_root ? std::sqrt(static_cast<long double>(x)) : static_cast<long double>(x));
}

/// Whether `got` is as far off as is allowed: in units in the last place, or relative if `ulp` is 0.
template <class T>
bool good(T x, T got, bool of_root, double ulp, double relative) {
  using limits = std::numeric_limits<T>;
  const long double exact = reciprocal(x, of_root);
  if (ulp == 0 && x != 0 && std::abs(x) < limits::min()) return true;  // may count as zero
  if (std::isnan(exact)) return std::isnan(got);
  if (std::isinf(x) || x == 0) return got == static_cast<T>(exact) && std::signbit(got) == std::signbit(exact);
  if (std::abs(exact) > static_cast<long double>(limits::max())) return std::isinf(got) || ulp == 0;
  if (ulp == 0) {
    return std::abs(exact) < static_cast<long double>(limits::min()) ||
           std::abs(got - exact) <= relative * std::abs(exact);
  }
  const int exponent = std::max(std::ilogb(exact), limits::min_exponent - 1);
  return std::abs(got - exact) <= ulp * std::ldexp(1.0L, exponent - limits::digits + 1);
}

template <class T>
void expect_good(std::string_view what, std::size_t lanes, const std::vector<T>& got, bool of_root, double ulp,
                 double relative) {
  for (std::size_t i = 0; i < got.size(); ++i) {
    if (good(values<T>()[i], got[i], of_root, ulp, relative)) continue;
    FAIL_CHECK(what << "(simd<" << name_of<T>() << ", " << lanes << ">) of " << text(values<T>()[i]) << " is "
                    << text(got[i]) << " but should be " << reciprocal(values<T>()[i], of_root) << ", seed " << seed);
    return;
  }
  SUCCEED();
}

}  // namespace reciprocal_tests
#endif

LANEWISE_BEGIN_KERNEL_FILE(reciprocal_tests)

using lanewise_tests::HWY_NAMESPACE::for_each_type;

template <class T, std::size_t N, class F>
std::vector<T> results(F f) {
  std::vector<T> got(values<T>().size());
  for (std::size_t i = 0; i < got.size(); i += N) f(lw::simd<T, N>::load(&values<T>()[i])).store(&got[i]);
  return got;
}

template <class T, std::size_t N>
void check() {
  const double e = lw::estimate_error;
  expect_good("rcp", N, results<T, N>([](auto v) LANEWISE_ATTR { return lw::rcp(v); }), false, 0.50001, 0);
  expect_good("rsqrt", N, results<T, N>([](auto v) LANEWISE_ATTR { return lw::rsqrt(v); }), true, lw::rsqrt_max_ulp, 0);
  expect_good("rcp_estimate", N, results<T, N>([](auto v) LANEWISE_ATTR { return lw::rcp_estimate(v); }), false, 0, e);
  expect_good("rsqrt_estimate", N, results<T, N>([](auto v) LANEWISE_ATTR { return lw::rsqrt_estimate(v); }), true, 0,
              e);
}

void every_type() {
  for_each_type(type_list<float, double>(), []<class T>() LANEWISE_ATTR {
    check<T, 1>();
    check<T, lw::native_width<T>>();
    check<T, 2 * lw::native_width<T>>();
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace reciprocal_tests {
LANEWISE_TEST_PER_TARGET(every_type, "rcp, rsqrt and their estimates are as near as they say");
}  // namespace reciprocal_tests
#endif
