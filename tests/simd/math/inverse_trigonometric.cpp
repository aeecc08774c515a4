// SPDX-License-Identifier: MIT
// asin, acos, atan, atan2 on every target: their errors and special values.
#define LANEWISE_KERNEL_FILE "simd/math/inverse_trigonometric.cpp"
#include <numbers>

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
                   around(1), around(-1), around(0x1p60), around(0.15686), around(0.31373), around(0.62745));
    check_specials<T>("atan", f, {{0, 0}, {-0.0, -0.0}, {infinity, T(std::numbers::pi / 2)}});
  });
}

void atan2() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto y, auto x) LANEWISE_ATTR { return lw::atan2(y, x); };
    check_error<T>("atan2", f, reference::atan2, lanewise::max_ulp::atan2.of<T>(), both(between(-2, 2), between(-2, 2)),
                   both(around(1), around(1)), both(around(-1), around(1)), both(around(3), around(-3)),
                   both(between(-1, 1), between(-10, 10)), both(between(1e19, 3e38), between(1e19, 3e38)));
    constexpr T pi = T(std::numbers::pi), right = T(std::numbers::pi / 2), largest = std::numeric_limits<T>::max();
    check_specials<T>("atan2", f,
                      {{0, -0.0, pi},
                       {-0.0, -0.0, -pi},
                       {-0.0, 0, -0.0},
                       {0, -1, pi},
                       {1, 0, right},
                       {-1, -0.0, -right},
                       {infinity, infinity, T(std::numbers::pi / 4)},
                       {infinity, -1, right},
                       {1, -infinity, pi},
                       {1, infinity, 0},
                       {largest, largest, T(std::numbers::pi / 4)},
                       {infinity, not_a_number, not_a_number}});
  });
}

void fast() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    check_error<T>(
        "fast::asin", [](auto x) LANEWISE_ATTR { return lw::fast::asin(x); }, reference::asin,
        lanewise::max_ulp::fast::asin.of<T>(), between(-1, 1), around(0.5), around(1));
    check_error<T>(
        "fast::acos", [](auto x) LANEWISE_ATTR { return lw::fast::acos(x); }, reference::acos,
        lanewise::max_ulp::fast::acos.of<T>(), between(-1, 1), around(0.5), around(-0.5), around(1), around(-1));
    const auto atan2 = [](auto y, auto x) LANEWISE_ATTR { return lw::fast::atan2(y, x); };
    check_error_within<T>("fast::atan2", atan2, reference::atan2, lanewise::max_ulp::fast::atan2.of<T>(),
                          both(between(-2, 2), between(0.5, 2)), both(between(-10, 10), between(-2, -0.5)),
                          both(between(0.5, 2), between(-2, 2)), both(between(-1, -0.2), between(-10, 10)),
                          both(around(1), around(1)), both(around(3), around(-3)));
    check_specials<T>("fast::atan2", atan2, {{0, 1, 0}, {-0.0, 1, -0.0}});
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace math_inverse_trigonometric_tests {
LANEWISE_TEST_PER_TARGET(asin, "asin");
LANEWISE_TEST_PER_TARGET(acos, "acos");
LANEWISE_TEST_PER_TARGET(atan, "atan");
LANEWISE_TEST_PER_TARGET(atan2, "atan2");
LANEWISE_TEST_PER_TARGET(fast, "fast::asin, fast::acos, fast::atan2");
}  // namespace math_inverse_trigonometric_tests
#endif
