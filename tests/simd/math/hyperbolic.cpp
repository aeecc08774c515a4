// SPDX-License-Identifier: MIT
// sinh, cosh, tanh, on every target.
#define LANEWISE_KERNEL_FILE "simd/math/hyperbolic.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/math/hyperbolic.hpp>

#include "support/per_target.hpp"
#include "support/sweep.hpp"
#include "support/ulp.hpp"

LANEWISE_BEGIN_KERNEL_FILE(math_hyperbolic_tests)

using namespace lanewise_tests;
using namespace lanewise_tests::HWY_NAMESPACE;

void sinh() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::sinh(x); };
    check_error<T>("sinh", f, reference::sinh, lanewise::max_ulp::sinh.of<T>(), between(-90, 90), between(-711, 711),
                   between(-2, 2), between(7, 10), around(89.4160), around(710.4758));
    check_specials<T>(
        "sinh", f, {{0, 0}, {-0.0, -0.0}, {infinity, infinity}, {-infinity, -infinity}, {not_a_number, not_a_number}});
  });
}

void fast_sinh() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::fast::sinh(x); };
    check_error<T>("fast::sinh", f, reference::sinh, lanewise::max_ulp::fast::sinh.of<T>(), between(-90, 90),
                   between(-711, 711), between(-2, 2), between(7, 10), around(89.4160), around(710.4758));
    check_specials<T>(
        "fast::sinh", f,
        {{0, 0}, {-0.0, -0.0}, {infinity, infinity}, {-infinity, -infinity}, {not_a_number, not_a_number}});
  });
}

void cosh() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::cosh(x); };
    check_error<T>("cosh", f, reference::cosh, lanewise::max_ulp::cosh.of<T>(), between(-90, 90), between(-711, 711),
                   between(-2, 2), between(7, 10), around(89.4160), around(710.4758));
    check_specials<T>("cosh", f,
                      {{0, 1}, {-0.0, 1}, {infinity, infinity}, {-infinity, infinity}, {not_a_number, not_a_number}});
  });
}

void tanh() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::tanh(x); };
    check_error<T>("tanh", f, reference::tanh, lanewise::max_ulp::tanh.of<T>(), between(-10, 10), between(-20, 20),
                   between(-1, 1), around(9.01), around(19.06));
    check_specials<T>("tanh", f,
                      {{0, 0}, {-0.0, -0.0}, {infinity, 1}, {-infinity, -1}, {1000, 1}, {not_a_number, not_a_number}});
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace math_hyperbolic_tests {
LANEWISE_TEST_PER_TARGET(sinh, "sinh");
LANEWISE_TEST_PER_TARGET(fast_sinh, "fast::sinh");
LANEWISE_TEST_PER_TARGET(cosh, "cosh");
LANEWISE_TEST_PER_TARGET(tanh, "tanh");
}  // namespace math_hyperbolic_tests
#endif
