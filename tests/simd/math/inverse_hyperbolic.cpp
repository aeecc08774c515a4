// SPDX-License-Identifier: MIT
// asinh, acosh, atanh on every target.
#define LANEWISE_KERNEL_FILE "simd/math/inverse_hyperbolic.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/math/inverse_hyperbolic.hpp>

#include "support/per_target.hpp"
#include "support/sweep.hpp"
#include "support/ulp.hpp"

LANEWISE_BEGIN_KERNEL_FILE(math_inverse_hyperbolic_tests)

using namespace lanewise_tests;
using namespace lanewise_tests::HWY_NAMESPACE;

void asinh() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::asinh(x); };
    check_error<T>("asinh", f, reference::asinh, lanewise::max_ulp::asinh.of<T>(), between(-3, 3), between(0.35, 0.42),
                   around(16384), around(536870912), around(1e19), around(1e30));
    check_specials<T>(
        "asinh", f, {{0, 0}, {-0.0, -0.0}, {infinity, infinity}, {-infinity, -infinity}, {not_a_number, not_a_number}});
  });
}

void acosh() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::acosh(x); };
    check_error<T>("acosh", f, reference::acosh, lanewise::max_ulp::acosh.of<T>(), between(1, 3), between(1.07, 1.09),
                   around(1), around(16384), around(536870912), around(1e19), around(1e30));
    check_specials<T>("acosh", f,
                      {{1, 0},
                       {0.5, not_a_number},
                       {0, not_a_number},
                       {-2, not_a_number},
                       {infinity, infinity},
                       {-infinity, not_a_number},
                       {not_a_number, not_a_number}});
  });
}

void atanh() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::atanh(x); };
    check_error<T>("atanh", f, reference::atanh, lanewise::max_ulp::atanh.of<T>(), between(-1, 1), around(-1),
                   around(1), around(0.17157288), around(0.5), between(0.44, 0.4625));
    check_specials<T>("atanh", f,
                      {{0, 0},
                       {-0.0, -0.0},
                       {1, infinity},
                       {-1, -infinity},
                       {2, not_a_number},
                       {-2, not_a_number},
                       {infinity, not_a_number},
                       {-infinity, not_a_number},
                       {not_a_number, not_a_number}});
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace math_inverse_hyperbolic_tests {
LANEWISE_TEST_PER_TARGET(asinh, "asinh");
LANEWISE_TEST_PER_TARGET(acosh, "acosh");
LANEWISE_TEST_PER_TARGET(atanh, "atanh");
}  // namespace math_inverse_hyperbolic_tests
#endif
