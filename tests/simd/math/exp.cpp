// SPDX-License-Identifier: MIT
// exp, exp2, exp10, expm1, on every target.
#define LANEWISE_KERNEL_FILE "simd/math/exp.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/math/exp.hpp>

#include "support/per_target.hpp"
#include "support/sweep.hpp"
#include "support/ulp.hpp"

LANEWISE_BEGIN_KERNEL_FILE(math_exp_tests)

using namespace lanewise_tests;
using namespace lanewise_tests::HWY_NAMESPACE;

void exp() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::exp(x); };
    check_error<T>("exp", f, reference::exp, lanewise::max_ulp::exp.of<T>(), between(-104, 89), between(-746, 710),
                   around(88.7228), around(709.7827), around(-87.3365), around(-708.3964));
    check_specials<T>("exp", f,
                      {{0, 1},
                       {-0.0, 1},
                       {infinity, infinity},
                       {-infinity, 0},
                       {not_a_number, not_a_number},
                       {1000, infinity},
                       {-1000, 0}});
  });
}

void exp2() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::exp2(x); };
    check_error<T>("exp2", f, reference::exp2, lanewise::max_ulp::exp2.of<T>(), between(-150, 128),
                   between(-1075, 1024), around(128), around(1024), around(-126), around(-1022));
    check_specials<T>("exp2", f,
                      {{0, 1},
                       {-0.0, 1},
                       {10, 1024},
                       {-3, 0.125},
                       {infinity, infinity},
                       {-infinity, 0},
                       {not_a_number, not_a_number}});
  });
}

void exp10() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::exp10(x); };
    check_error<T>("exp10", f, reference::exp10, lanewise::max_ulp::exp10.of<T>(), between(-46, 39), between(-324, 309),
                   around(38.5318), around(308.2547), around(-37.93), around(-307.65));
    check_specials<T>("exp10", f,
                      {{0, 1}, {-0.0, 1}, {infinity, infinity}, {-infinity, 0}, {not_a_number, not_a_number}});
  });
}

void expm1() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::expm1(x); };
    check_error<T>("expm1", f, reference::expm1, lanewise::max_ulp::expm1.of<T>(), between(-40, 89), between(-1, 1),
                   between(0.39, 0.41), between(-0.5, 0.5), around(88.7228), around(709.7827), around(-17.3),
                   around(-37.4));
    check_specials<T>(
        "expm1", f,
        {{0, 0}, {-0.0, -0.0}, {infinity, infinity}, {-infinity, -1}, {-1000, -1}, {not_a_number, not_a_number}});
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace math_exp_tests {
LANEWISE_TEST_PER_TARGET(exp, "exp");
LANEWISE_TEST_PER_TARGET(exp2, "exp2");
LANEWISE_TEST_PER_TARGET(exp10, "exp10");
LANEWISE_TEST_PER_TARGET(expm1, "expm1");
}  // namespace math_exp_tests
#endif
