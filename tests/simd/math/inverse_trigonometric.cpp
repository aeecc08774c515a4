// SPDX-License-Identifier: MIT
// asin, acos, atan, atan2 on every target: their errors and special values.
#define LANEWISE_KERNEL_FILE "simd/math/inverse_trigonometric.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/math/inverse_trigonometric.hpp>

#include "support/per_target.hpp"
#include "support/sweep.hpp"
#include "support/ulp.hpp"

LANEWISE_BEGIN_KERNEL_FILE(math_inverse_trigonometric_tests)

using namespace lanewise_tests;
using namespace lanewise_tests::HWY_NAMESPACE;

void asin() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::asin(x); };
    check_error<T>("asin", f, reference::asin, lanewise::max_ulp::asin.of<T>(), between(-1, 1), around(0.5),
                   around(-0.5), around(1), around(-1));
    check_specials<T>("asin", f, {{0, 0}, {-0.0, -0.0}, {1.5, not_a_number}, {-infinity, not_a_number}});
  });
}

void acos() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::acos(x); };
    check_error<T>("acos", f, reference::acos, lanewise::max_ulp::acos.of<T>(), between(-1, 1), around(0.5),
                   around(-0.5), around(1), around(-1));
    check_specials<T>("acos", f, {{1, 0}, {-1.5, not_a_number}, {infinity, not_a_number}, {-infinity, not_a_number}});
  });
}

void atan() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::atan(x); };
    check_error<T>("atan", f, reference::atan, lanewise::max_ulp::atan.of<T>(), between(-2, 2), between(-10, 10),
                   around(1), around(-1), around(0x1p60));
    check_specials<T>("atan", f, {{0, 0}, {-0.0, -0.0}});
  });
}

void atan2() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto y, auto x) LANEWISE_ATTR { return lw::atan2(y, x); };
    check_error<T>("atan2", f, reference::atan2, lanewise::max_ulp::atan2.of<T>(), both(between(-2, 2), between(-2, 2)),
                   both(around(1), around(1)), both(around(-1), around(1)), both(around(3), around(-3)));
  });
}

void fast() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    check_error<T>(
        "fast::asin", [](auto x) LANEWISE_ATTR { return lw::fast::asin(x); }, reference::asin,
        lanewise::max_ulp::fast::asin.of<T>(), between(-1, 1), around(0.5), around(1));
    check_error<T>(
        "fast::atan", [](auto x) LANEWISE_ATTR { return lw::fast::atan(x); }, reference::atan,
        lanewise::max_ulp::fast::atan.of<T>(), between(-2, 2), around(1));
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace math_inverse_trigonometric_tests {
LANEWISE_TEST_PER_TARGET(asin, "asin");
LANEWISE_TEST_PER_TARGET(acos, "acos");
LANEWISE_TEST_PER_TARGET(atan, "atan");
LANEWISE_TEST_PER_TARGET(atan2, "atan2");
LANEWISE_TEST_PER_TARGET(fast, "fast::asin, fast::atan");
}  // namespace math_inverse_trigonometric_tests
#endif
