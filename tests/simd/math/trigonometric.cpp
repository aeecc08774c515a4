// SPDX-License-Identifier: MIT
// sin, cos, sincos, tan, sinpi, cospi on every target: their errors, special values, and the angles that are hardest to
// reduce.
#define LANEWISE_KERNEL_FILE "simd/math/trigonometric.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/math/trigonometric.hpp>

#include "support/per_target.hpp"
#include "support/sweep.hpp"
#include "support/ulp.hpp"

LANEWISE_BEGIN_KERNEL_FILE(math_trigonometric_tests)

using namespace lanewise_tests;
using namespace lanewise_tests::HWY_NAMESPACE;

template <class T, class F>
void check_angles(const char* what, F f, const unary& reference, double bound) {
  check_error<T>(what, f, reference, bound, between(-10, 10), between(-1000, 1000), between(-2e6, 2e6),
                 around(0.78539816339744831), around(1.5707963267948966), around(3.1415926535897932),
                 around(4.71238898038469), around(512), around(0x1p20), around(0x1p40),
                 // Close to multiples of pi / 2: of all floats, and of all doubles.
                 around(16367173.0 * 0x1p72), around(6381956970095103.0 * 0x1p797), around(5.3193726483265414e+255));
}

void sin() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::sin(x); };
    check_angles<T>("sin", f, reference::sin, lanewise::max_ulp::sin.of<T>());
    check_specials<T>(
        "sin", f,
        {{0, 0}, {-0.0, -0.0}, {infinity, not_a_number}, {-infinity, not_a_number}, {not_a_number, not_a_number}});
    check_angles<T>(
        "sincos, sin", [](auto x) LANEWISE_ATTR { return lw::sincos(x).sin; }, reference::sin,
        lanewise::max_ulp::sin.of<T>());
  });
}

void cos() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::cos(x); };
    check_angles<T>("cos", f, reference::cos, lanewise::max_ulp::cos.of<T>());
    check_specials<T>("cos", f, {{0, 1}, {-0.0, 1}, {infinity, not_a_number}, {-infinity, not_a_number}});
    check_angles<T>(
        "sincos, cos", [](auto x) LANEWISE_ATTR { return lw::sincos(x).cos; }, reference::cos,
        lanewise::max_ulp::cos.of<T>());
  });
}

void tan() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::tan(x); };
    check_angles<T>("tan", f, reference::tan, lanewise::max_ulp::tan.of<T>());
    check_specials<T>("tan", f, {{0, 0}, {-0.0, -0.0}, {infinity, not_a_number}, {-infinity, not_a_number}});
  });
}

void sinpi() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::sinpi(x); };
    check_error<T>("sinpi", f, reference::sinpi, lanewise::max_ulp::sinpi.of<T>(), between(-3, 3), between(-1000, 1000),
                   around(0.5), around(1), around(2), around(0x1p22), around(0x1p52));
    check_specials<T>("sinpi", f,
                      {{0, 0},
                       {-0.0, -0.0},
                       {0.5, 1},
                       {-0.5, -1},
                       {1, 0},
                       {-1, -0.0},
                       {1.5, -1},
                       {2, 0},
                       {-7, -0.0},
                       {1e30, 0},
                       {-1e30, -0.0},
                       {infinity, not_a_number},
                       {-infinity, not_a_number}});
  });
}

void cospi() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::cospi(x); };
    check_error<T>("cospi", f, reference::cospi, lanewise::max_ulp::cospi.of<T>(), between(-3, 3), between(-1000, 1000),
                   around(0.5), around(1), around(2), around(0x1p22), around(0x1p52));
    check_specials<T>("cospi", f,
                      {{0, 1},
                       {-0.0, 1},
                       {0.5, 0},
                       {-0.5, 0},
                       {1.5, 0},
                       {2.5, 0},
                       {1, -1},
                       {-1, -1},
                       {2, 1},
                       {1e30, 1},
                       {-1e30, 1},
                       {infinity, not_a_number},
                       {-infinity, not_a_number}});
  });
}

void fast() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    check_error_within<T>(
        "fast::sin", [](auto x) LANEWISE_ATTR { return lw::fast::sin(x); }, reference::sin,
        lanewise::max_ulp::fast::sin.of<T>(), between(0.001, 10), between(10, 10000));
    check_error_within<T>(
        "fast::cos", [](auto x) LANEWISE_ATTR { return lw::fast::cos(x); }, reference::cos,
        lanewise::max_ulp::fast::cos.of<T>(), between(-10, 10), between(10, 10000));
    CHECK(lw::fast::cos(lw::simd<T, 1>(T(0)))[0] == T(1));
    check_error_within<T>(
        "fast::tan", [](auto x) LANEWISE_ATTR { return lw::fast::tan(x); }, reference::tan,
        lanewise::max_ulp::fast::tan.of<T>(), between(-10, 10), between(10, 10000));
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace math_trigonometric_tests {
LANEWISE_TEST_PER_TARGET(sin, "sin, sincos");
LANEWISE_TEST_PER_TARGET(cos, "cos, sincos");
LANEWISE_TEST_PER_TARGET(tan, "tan");
LANEWISE_TEST_PER_TARGET(sinpi, "sinpi");
LANEWISE_TEST_PER_TARGET(cospi, "cospi");
LANEWISE_TEST_PER_TARGET(fast, "fast::sin, fast::cos, fast::tan");
}  // namespace math_trigonometric_tests
#endif
